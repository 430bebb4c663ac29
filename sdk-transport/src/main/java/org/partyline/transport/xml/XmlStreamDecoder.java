package org.partyline.transport.xml;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * Turns the bytes of an XML stream into elements, as they come: a byte guard while they come, then, as soon as
 * an element is whole, immutable elements. Knows no network. Serves either side of a stream. Not safe for use by several threads at once.
 *
 * <p>The sink is called before the bytes behind the element that it hears of are looked at. So it may {@link #reset()} the
 * decoder, and {@link #unread()} tells it whether the peer sent more than it should have.
 *
 * <p>White space between elements is legal and consumed without a trace (RFC 6120 section 4.6.1). What an XML stream may not
 * hold ends it with an {@link XmlStreamException}; the element that holds it is not delivered.
 */
public final class XmlStreamDecoder {

    /** How the bytes are framed. */
    public enum Framing {
        /** One document whose root stays open, as over TCP (RFC 6120 section 4). */
        STREAM,
        /** Each element is a document of its own, as over WebSocket (RFC 7395); {@link XmlStreamSink#onHeader} and
         * {@link XmlStreamSink#onFooter} are not called. */
        DOCUMENTS
    }

    private static final byte[] NOTHING = {};
    private static final byte[] OPENING = {'<'};
    private static final int FIRST_BUFFER = 1024;
    /** Longer elements have no short way: it might give up at their end. */
    private static final int SHORT = 16 * 1024;

    private final XmlStreamSink sink;
    private final ByteGuard guard;
    private NamespaceScope scope = new NamespaceScope();
    private @Nullable ElementReader reader;
    private @Nullable PlainElement plain;
    /** The root's name as it was written; empty while there is none, and where there never is one. */
    private byte[] rootName = NOTHING;

    private String rootNamespace = "";
    /** The bytes of what is half-read. */
    private byte[] begun = NOTHING;

    private int begunLength;
    private @Nullable XmlStreamException failure;
    private boolean feeding;
    private int unread;
    /** Counts resets, so that {@link #feed} sees one that the sink made. */
    private int generation;

    /**
     * Makes a decoder for one stream.
     *
     * @param framing how the bytes are framed
     * @param limits the bounds
     * @param sink hears what is found
     */
    public XmlStreamDecoder(Framing framing, XmlLimits limits, XmlStreamSink sink) {
        this.sink = Objects.requireNonNull(sink);
        this.guard = new ByteGuard(limits, framing == Framing.DOCUMENTS);
        reset();
    }

    /**
     * Decodes more bytes. After an exception the decoder is unusable.
     *
     * @param bytes holds them; not kept
     * @param offset where they begin
     * @param length how many
     * @throws XmlStreamException if they may not stand in a stream; thrown again by every later call
     * @throws IllegalStateException if called from within the sink
     */
    public void feed(byte[] bytes, int offset, int length) throws XmlStreamException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (failure != null) {
            throw failure;
        }
        if (feeding) {
            throw new IllegalStateException("fed from within the sink");
        }
        feeding = true;
        try {
            decode(bytes, offset, offset + length);
        } catch (XmlStreamException e) {
            failure = e;
            forget();
            throw e;
        } finally {
            feeding = false;
            unread = 0;
        }
    }

    /**
     * {@return how many bytes of the present {@link #feed} stand behind the element, header or footer that the sink is
     * hearing of; 0 outside of the sink} After {@code <proceed/>} it must be 0: what was sent in the clear must not be
     * read as if TLS protected it (RFC 6120 section 5.4.3.3).
     */
    public int unread() {
        return unread;
    }

    /** {@return whether nothing is half-read: no element, header or XML declaration has begun without having ended} */
    public boolean isBetweenElements() {
        return guard.isBetween();
    }

    /** Lifts the limit on elements from {@code preAuthBytes} to {@code stanzaBytes}. Survives {@link #reset()}. */
    public void authenticated() {
        guard.authenticated();
    }

    /**
     * Forgets all state: the next byte begins a new stream. May be called from within the sink; the {@link #unread()} bytes
     * of the present {@link #feed} then begin the new stream.
     */
    public void reset() {
        generation++;
        forget();
        scope = new NamespaceScope();
        rootName = NOTHING;
        rootNamespace = "";
        guard.reset();
    }

    /**
     * Gives back buffers while nothing is half-read; they are had anew when bytes come. Does nothing while
     * something is half-read, or from within the sink.
     */
    public void idle() {
        if (!feeding && guard.isBetween()) {
            forget();
            guard.trim();
            scope.trim();
        }
    }

    private void decode(byte[] in, int from, int end) throws XmlStreamException {
        int at = from;
        while (at < end) {
            boolean begins = !guard.isWithin();
            if (begins) {
                at = guard.skip(in, at, end);
                if (!guard.isWithin()) {
                    return;
                }
            }
            int start = at;
            at = guard.scan(in, start, end);
            unread = end - at;
            if (guard.takeWithheld()) {
                keep(OPENING, 0, OPENING.length);
            }
            if (begunLength == 0 && guard.boundary() != ByteGuard.Boundary.NONE) {
                deliver(in, start, at);
                continue;
            }
            keep(in, start, at);
            if (guard.boundary() != ByteGuard.Boundary.NONE) {
                byte[] whole = begun;
                int length = begunLength;
                begunLength = 0;
                if (length > SHORT) {
                    begun = NOTHING;
                }
                deliver(whole, 0, length);
            }
        }
    }

    /** Keeps bytes of what is not whole yet: never more than the guard lets an element have. */
    private void keep(byte[] in, int from, int end) {
        int length = begunLength + end - from;
        if (length > begun.length) {
            begun = Arrays.copyOf(begun, Math.max(length, Math.max(FIRST_BUFFER, begun.length * 2)));
        }
        System.arraycopy(in, from, begun, begunLength, end - from);
        begunLength = length;
    }

    private void deliver(byte[] in, int from, int end) throws XmlStreamException {
        switch (guard.boundary()) {
            case NONE -> {
                // Something is half-read.
            }
            case HEADER -> header(in, from, end);
            case ELEMENT -> sink.onElement(element(in, from, end));
            case FOOTER -> footer(in, from, end);
            case EMPTY_ROOT -> {
                int before = generation;
                header(in, from, end);
                if (generation == before) {
                    sink.onFooter();
                }
            }
        }
    }

    private XmlElement element(byte[] in, int from, int end) throws XmlStreamException {
        if (end - from <= SHORT) {
            if (plain == null) {
                plain = new PlainElement();
            }
            XmlElement read = plain.read(in, from, end, rootNamespace);
            if (read != null) {
                return read;
            }
        }
        return reader().element(in, from, end);
    }

    private ElementReader reader() {
        ElementReader current = reader;
        if (current == null) {
            current = new ElementReader(scope);
            reader = current;
        }
        return current;
    }

    private void header(byte[] in, int from, int end) throws XmlStreamException {
        XmlElement root = reader().header(in, from, end);
        rootName = Arrays.copyOfRange(in, from + 1, ElementReader.nameEnd(in, from + 1, end));
        rootNamespace = scope.defaultNamespace();
        sink.onHeader(root);
    }

    private void footer(byte[] in, int from, int end) throws XmlStreamException {
        int name = from + "</".length();
        if (!Arrays.equals(in, name, ElementReader.nameEnd(in, name, end), rootName, 0, rootName.length)) {
            throw new XmlStreamException(Condition.NOT_WELL_FORMED, "ill-formed markup");
        }
        sink.onFooter();
    }

    /** Gives back all that can be had anew. */
    private void forget() {
        reader = null;
        plain = null;
        begun = NOTHING;
        begunLength = 0;
    }
}
