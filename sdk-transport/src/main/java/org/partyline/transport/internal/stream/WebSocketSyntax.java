package org.partyline.transport.internal.stream;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.internal.http.Frames;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlWriter;

/** RFC 7395: each element is a document in a text message of its own, and the stream opens and closes by elements. */
public final class WebSocketSyntax implements StreamSyntax {
    /** The namespace of {@code <open/>} and {@code <close/>}. */
    public static final String FRAMING = "urn:ietf:params:xml:ns:xmpp-framing";

    private static final byte[] DECLARATION = " xmlns=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLIENT = " xmlns='jabber:client'".getBytes(StandardCharsets.US_ASCII);
    /** Status 1000, "normal closure" (RFC 6455 section 7.4.1). */
    private static final byte[] NORMAL = {0x03, (byte) 0xE8};

    private final SecureRandom random;

    /**
     * @param random makes the masks of frames
     */
    public WebSocketSyntax(SecureRandom random) {
        this.random = random;
    }

    @Override
    public XmlStreamDecoder.Framing framing() {
        return XmlStreamDecoder.Framing.DOCUMENTS;
    }

    @Override
    public byte[] open(StreamHeader header) {
        return document(XmlElement.builder(FRAMING, "open")
                .attribute("from", header.from())
                .attribute("to", header.to())
                .attribute("version", header.version())
                .language(header.language())
                .build());
    }

    @Override
    public byte[] element(byte[] encoded) {
        return Frames.encode(Frames.TEXT, declared(encoded), random);
    }

    @Override
    public byte[] error(String condition) {
        return document(StreamTags.errorElement(condition));
    }

    @Override
    public byte[] close() {
        return document(XmlElement.of(FRAMING, "close"));
    }

    @Override
    public byte[] farewell() {
        return Frames.encode(Frames.CLOSE, NORMAL, random);
    }

    private byte[] document(XmlElement element) {
        return element(XmlWriter.encode(element));
    }

    /**
     * Declares the namespace that a TCP stream's root declares for all (RFC 7395 section 3.3.3). The writer puts a
     * declaration right behind the name, and leaves out this one.
     */
    private static byte[] declared(byte[] encoded) {
        int name = 1;
        while (name < encoded.length && " />".indexOf(encoded[name]) < 0) {
            name++;
        }
        boolean declares = name + DECLARATION.length <= encoded.length
                && Arrays.equals(encoded, name, name + DECLARATION.length, DECLARATION, 0, DECLARATION.length);
        if (declares) {
            return encoded;
        }
        byte[] document = new byte[encoded.length + CLIENT.length];
        System.arraycopy(encoded, 0, document, 0, name);
        System.arraycopy(CLIENT, 0, document, name, CLIENT.length);
        System.arraycopy(encoded, name, document, name + CLIENT.length, encoded.length - name);
        return document;
    }
}
