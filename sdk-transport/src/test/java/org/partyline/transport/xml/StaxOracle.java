package org.partyline.transport.xml;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The JDK's reader, fed by a decoder that lets no ill-formed UTF-8 pass: a second opinion on what is XML (X-DIFF). */
final class StaxOracle {
    private static final XMLInputFactory JDK = XMLInputFactory.newDefaultFactory();

    static {
        JDK.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        JDK.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private StaxOracle() {}

    /** {@return the whole document as a tree; fails if the JDK refuses it, or if it holds what RFC 6120 section 11 forbids} */
    static XmlElement read(byte[] bytes) {
        XmlElement root = null;
        ArrayDeque<XmlElement.Builder> open = new ArrayDeque<>();
        try {
            XMLStreamReader reader = JDK.createXMLStreamReader(new InputStreamReader(
                    new ByteArrayInputStream(bytes),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> open.push(start(reader));
                    case XMLStreamConstants.END_ELEMENT -> {
                        XmlElement ended = open.pop().build();
                        if (open.isEmpty()) {
                            root = ended;
                        } else {
                            open.element().child(ended);
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (!open.isEmpty()) {
                            open.element().text(reader.getText());
                        }
                    }
                    case XMLStreamConstants.END_DOCUMENT -> {}
                    default -> throw new AssertionError("forbidden markup was accepted: " + show(bytes));
                }
            }
        } catch (XMLStreamException e) {
            throw new AssertionError("the JDK refuses what was accepted: " + show(bytes), e);
        }
        if (root == null || !open.isEmpty()) {
            throw new AssertionError("the JDK found no whole document: " + show(bytes));
        }
        return root;
    }

    private static XmlElement.Builder start(XMLStreamReader reader) {
        XmlElement.Builder builder = XmlElement.builder(orEmpty(reader.getNamespaceURI()), reader.getLocalName());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = orEmpty(reader.getAttributeNamespace(i));
            if (!seen.add(namespace + ' ' + reader.getAttributeLocalName(i))) {
                throw new AssertionError("the JDK found an attribute twice");
            }
            builder.attribute(namespace, reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return builder;
    }

    /** {@return an element with its attributes alone} */
    static XmlElement withoutChildren(XmlElement element) {
        XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.name());
        for (int i = 0; i < element.attributeCount(); i++) {
            builder.attribute(element.attributeNamespace(i), element.attributeName(i), element.attributeValue(i));
        }
        return builder.build();
    }

    private static String orEmpty(@Nullable String namespace) {
        return namespace == null ? "" : namespace;
    }

    /** {@return bytes as text, what is not ASCII as escapes} */
    static String show(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        for (byte b : bytes) {
            shown.append(b >= 0x20 && b < 0x7F ? "" + (char) b : String.format("\\x%02x", b));
        }
        return shown.toString();
    }
}
