package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.xml.XmlStreamDecoder.Framing;

class XmlRoundTripTest {
    private static final String CLIENT = "jabber:client";
    private static final String OPEN = "<s:stream xmlns='jabber:client' xmlns:s='http://etherx.jabber.org/streams'>";

    private static XmlElement throughStream(XmlElement element) throws XmlStreamException {
        Recorder heard = new Recorder();
        heard.decoder.authenticated();
        return heard.feed(OPEN).feed(XmlWriter.encode(element)).elements.get(0);
    }

    private static XmlElement throughDocument(byte[] document) throws XmlStreamException {
        return new Recorder(Framing.DOCUMENTS, XmlLimits.DEFAULT)
                .feed(document)
                .elements
                .get(0);
    }

    @Property(tries = 2000)
    void decode_ofWhatWasEncoded_isEqual(@ForAll("elements") XmlElement element) throws XmlStreamException {
        assertEquals(element, throughStream(element));
        assertEquals(element.hashCode(), throughStream(element).hashCode());
        assertEquals(element, throughDocument(XmlWriter.encodeDocument(element)));
        assertEquals(element, throughDocument(XmlWriter.toDocument(XmlWriter.encode(element))));
        assertEquals(element, throughDocument(element.toXml().getBytes(StandardCharsets.UTF_8)));
        assertEquals(element, element.toBuilder().build());
    }

    @Provide
    Arbitrary<XmlElement> elements() {
        return elements(3);
    }

    private static Arbitrary<XmlElement> elements(int depth) {
        Arbitrary<String> namespaces =
                Arbitraries.of("", CLIENT, "urn:a", "urn:<'\"&>\n\u20ac", XmlElement.XML_NAMESPACE);
        Arbitrary<String> names = Arbitraries.of("a", "message", "x-1.2_", "\u00e9t\u00e9", "xmlns1");
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("ab<>&'\"]\r\n\t \u0085\u00e9\u2028\u20ac\ufffd")
                .ofMaxLength(40)
                .map(text -> text.replace("a", "\ud83d\ude00"));
        Arbitrary<XmlElement.Builder> bare = Combinators.combine(
                        namespaces,
                        names,
                        Combinators.combine(namespaces, names, texts)
                                .as(Tuple::of)
                                .list()
                                .ofMaxSize(4))
                .as((namespace, name, attributes) -> {
                    XmlElement.Builder builder = XmlElement.builder(namespace, name);
                    attributes.forEach(a -> builder.attribute(a.get1(), a.get2(), a.get3()));
                    return builder;
                });
        if (depth == 0) {
            return Combinators.combine(bare, texts)
                    .as((builder, text) -> builder.text(text).build());
        }
        Arbitrary<Object> nodes = Arbitraries.oneOf(
                texts.map(Object.class::cast), elements(depth - 1).map(Object.class::cast));
        return Combinators.combine(bare, nodes.list().ofMaxSize(4)).as((builder, children) -> {
            for (Object child : children) {
                if (child instanceof XmlElement element) {
                    builder.child(element);
                } else {
                    builder.text((String) child);
                }
            }
            return builder.build();
        });
    }

    private static boolean isLegal(int c) {
        return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE);
    }

    @Test
    @DisplayName("T-XML-6 each of the 65,536 BMP values is either refused by the builder or arrives unchanged")
    void builder_everyBmpValue_isRefusedOrArrives() throws XmlStreamException {
        for (int c = 0; c < 0x10000; c++) {
            String text = "a" + (char) c + "b";
            XmlElement.Builder builder = XmlElement.builder(CLIENT, "m");
            if (isLegal(c)) {
                XmlElement element = builder.attribute("a", text).text(text).build();
                assertEquals(element, throughStream(element));
            } else {
                assertThrows(IllegalArgumentException.class, () -> builder.text(text));
                assertThrows(IllegalArgumentException.class, () -> builder.attribute("a", text));
                assertThrows(IllegalArgumentException.class, () -> builder.textChild("b", text));
                assertThrows(IllegalArgumentException.class, () -> XmlElement.of(text, "m"));
                assertEquals(XmlElement.of(CLIENT, "m"), builder.build());
            }
        }
    }

    @Test
    @DisplayName("T-XML-6 surrogates are refused unless they stand in pairs")
    void builder_surrogateMixes_arePairedOrRefused() throws XmlStreamException {
        for (String bad : List.of(
                "\ud800", "\udc00", "\ud800a", "a\udfff", "\udc00\ud800", "\ud800\ud800\udc00", "\ud83d\ude00\ude00")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> XmlElement.builder("", "m").text(bad));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> XmlElement.builder("", "m").attribute("a", bad));
        }
        String good = "\ud800\udc00\udbff\udfff".repeat(200);
        XmlElement element =
                XmlElement.builder(CLIENT, "m").attribute("a", good).text(good).build();
        assertEquals(element, throughStream(element));
    }

    @Test
    void builder_namesThatAreMarkup_areRefused() {
        for (String bad : List.of("", "a b", "a:b", "1", "-a", "a>", "a/", "a='", "\u00d7", "\u2028", "a\ud800")) {
            assertThrows(IllegalArgumentException.class, () -> XmlElement.of("", bad), bad);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> XmlElement.builder("", "m").attribute(bad, "x"),
                    bad);
        }
        XmlElement.Builder builder = XmlElement.builder("", "m");
        assertThrows(IllegalArgumentException.class, () -> builder.attribute("xmlns", "urn:x"));
        assertThrows(
                IllegalArgumentException.class, () -> builder.attribute("http://www.w3.org/2000/xmlns/", "a", "u"));
        assertThrows(IllegalArgumentException.class, () -> XmlElement.of("http://www.w3.org/2000/xmlns/", "a"));
    }

    @Test
    @DisplayName("T-XML-6 each character of Unicode in a name is either refused by the builder or arrives")
    void builder_everyCharacterInAName_isRefusedOrArrives() throws XmlStreamException {
        int accepted = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            for (String name : List.of(Character.toString(c), "a" + Character.toString(c))) {
                XmlElement element;
                try {
                    element = XmlElement.builder(CLIENT, name)
                            .attribute(name, "x")
                            .build();
                } catch (IllegalArgumentException refused) {
                    continue;
                }
                accepted++;
                assertEquals(element, throughStream(element), () -> name + " U+" + name.codePointAt(0));
            }
        }
        assertTrue(accepted > 60_000, "too few were accepted to tell anything: " + accepted);
    }

    @Test
    void encode_elementOfTheStreamsNamespace_declaresNothing() {
        XmlElement element =
                XmlElement.builder(CLIENT, "message").textChild("body", "hi").build();
        assertEquals(
                "<message><body>hi</body></message>", new String(XmlWriter.encode(element), StandardCharsets.UTF_8));
        assertEquals("<message xmlns='jabber:client'><body>hi</body></message>", element.toXml());
        XmlElement other = XmlElement.of("urn:x", "r");
        assertArrayEquals("<r xmlns='urn:x'/>".getBytes(StandardCharsets.UTF_8), XmlWriter.encode(other));
        byte[] encoded = XmlWriter.encode(other);
        assertSame(encoded, XmlWriter.toDocument(encoded));
    }

    @Test
    void encode_largeText_arrives() throws XmlStreamException {
        XmlElement element =
                XmlElement.builder(CLIENT, "m").text("\u20ac<x>".repeat(20_000)).build();
        assertEquals(element, throughStream(element));
    }
}
