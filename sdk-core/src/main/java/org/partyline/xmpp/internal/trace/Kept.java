package org.partyline.xmpp.internal.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.partyline.trace.WireTrace.Kind;
import org.partyline.transport.xml.XmlElement;

/**
 * What is kept of one thing that went over the wire. An element of usual size is kept by reference, without a copy; what is
 * secret in it is taken out before. Of one that is too large only what may be shown is kept, as far as there is room.
 *
 * @param millis the system's clock
 * @param nanos the loop's clock
 * @param kind what it is
 * @param connection the connection's number
 * @param content an {@link XmlElement}, the bytes of a message as they were written, or a {@link String} about an event
 * @param shown whether the content is already what may be shown
 * @param weight about how many bytes it takes
 */
record Kept(long millis, long nanos, Kind kind, int connection, Object content, boolean shown, int weight) {
    /** How much of one element is kept. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int OVERHEAD = 64;
    private static final byte[] MESSAGE = "<message".getBytes(StandardCharsets.US_ASCII);

    static Kept event(long millis, long nanos, int connection, String text) {
        String kept = text.length() <= MAX_BYTES ? text : text.substring(0, MAX_BYTES);
        return new Kept(millis, nanos, Kind.EVENT, connection, kept, true, OVERHEAD + kept.length());
    }

    static Kept element(long millis, long nanos, Kind kind, int connection, XmlElement element) {
        Weight weight = Weight.of(element, MAX_BYTES);
        if (!weight.isAllowed()) {
            XmlElement shown = Redactor.shown(element, false, MAX_BYTES);
            int bytes = Math.min(Weight.of(shown, 2 * MAX_BYTES).bytes(), 2 * MAX_BYTES);
            return new Kept(millis, nanos, kind, connection, shown, true, OVERHEAD + bytes);
        }
        XmlElement kept = weight.holdsSecret() ? Redactor.withoutSecrets(element) : element;
        return new Kept(millis, nanos, kind, connection, kept, false, OVERHEAD + weight.bytes());
    }

    /**
     * {@return what is kept of an element that was encoded before} Messages, which are many, stay the bytes that they are;
     * whatever else is sent is rare enough to be read back.
     *
     * @param reader reads it back
     */
    static Kept encoded(long millis, long nanos, int connection, byte[] encoded, EncodedReader reader) {
        if (encoded.length <= MAX_BYTES && isMessage(encoded)) {
            return new Kept(millis, nanos, Kind.SENT, connection, encoded, false, OVERHEAD + encoded.length);
        }
        XmlElement element = reader.read(encoded);
        return element != null
                ? element(millis, nanos, Kind.SENT, connection, element)
                : new Kept(millis, nanos, Kind.SENT, connection, unreadable(encoded), true, OVERHEAD);
    }

    private static boolean isMessage(byte[] encoded) {
        return encoded.length > MESSAGE.length
                && Arrays.equals(encoded, 0, MESSAGE.length, MESSAGE, 0, MESSAGE.length)
                && " >/".indexOf(encoded[MESSAGE.length]) >= 0;
    }

    /**
     * {@return it as text}
     *
     * @param bodies whether with what people wrote
     * @param reader reads encoded elements back
     */
    String text(boolean bodies, EncodedReader reader) {
        if (content instanceof String text) {
            return Printable.line(text);
        }
        XmlElement element = content instanceof byte[] encoded ? reader.read(encoded) : (XmlElement) content;
        if (element == null) {
            return unreadable((byte[]) content);
        }
        XmlElement visible = shown ? element : Redactor.shown(element, bodies, Integer.MAX_VALUE);
        return IndentedXml.of(visible, MAX_BYTES);
    }

    private static String unreadable(byte[] encoded) {
        return "[" + encoded.length + " bytes that are no element]";
    }
}
