package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * Turns the bytes of an XML stream into elements, as they come: a byte guard, then the parser, then immutable elements,
 * in one pass. Knows no network. Serves either side of a stream. Not safe for use by several threads at once.
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

    private static final byte[] OPENING = {'<'};
    /** Documents are parsed as children of a root that declares nothing: the same, at less cost than a parser each. */
    private static final byte[] DOCUMENTS_ROOT = "<d>".getBytes(StandardCharsets.US_ASCII);

    private final Framing framing;
    private final XmlStreamSink sink;
    private final ByteGuard guard;
    private @Nullable ElementParser parser;
    private @Nullable PlainElement plain;
    /** What a new parser must be given first; null while the stream has no root. */
    private byte @Nullable [] rootTag;

    private String rootNamespace = "";

    /** The bytes of a character that was cut, and how many it has in all. */
    private final byte[] cut = new byte[4];

    private int cutBytes;
    private int cutLength;
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
        this.framing = framing;
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
            discardParser();
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
        discardParser();
        rootTag = framing == Framing.DOCUMENTS ? DOCUMENTS_ROOT : null;
        rootNamespace = "";
        cutBytes = 0;
        guard.reset();
    }

    /**
     * Gives back buffers and parser while nothing is half-read; they are had anew when bytes come. Does nothing while
     * something is half-read, or from within the sink.
     */
    public void idle() {
        if (!feeding && guard.isBetween()) {
            discardParser();
            plain = null;
            guard.trim();
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
                if (parser != null && parser.isWorn()) {
                    discardParser();
                }
            }
            int start = at;
            at = guard.scan(in, start, end);
            unread = end - at;
            XmlElement whole = begins ? whole(in, start, at) : null;
            if (whole != null) {
                sink.onElement(whole);
                continue;
            }
            ElementParser current = parser();
            if (guard.takeWithheld()) {
                current.parse(OPENING, 0, OPENING.length);
            }
            parse(current, in, start, at);
            deliver(current);
        }
    }

    /** {@return the element that lies whole in these bytes, if it is of the usual kind: the parser need not see it} */
    private @Nullable XmlElement whole(byte[] in, int from, int end) {
        // Within a root alone; and what the guard has withheld is not among the bytes.
        if (guard.boundary() != ByteGuard.Boundary.ELEMENT || rootTag == null || in[from] != '<') {
            return null;
        }
        if (plain == null) {
            plain = new PlainElement();
        }
        return plain.read(in, from, end, rootNamespace);
    }

    /** Aalto 1.4.0 mistakes a four-byte character that is cut within an attribute, so it is given whole characters only. */
    private void parse(ElementParser current, byte[] in, int from, int end) throws XmlStreamException {
        int start = from;
        if (cutBytes > 0) {
            while (cutBytes < cutLength && start < end) {
                cut[cutBytes++] = in[start++];
            }
            if (cutBytes < cutLength) {
                return;
            }
            current.parse(cut, 0, cutBytes);
            cutBytes = 0;
        }
        int cutFrom = end - guard.lastCharacter().seen();
        if (start < cutFrom) {
            current.parse(in, start, cutFrom);
        }
        if (cutFrom < end) {
            cutBytes = end - cutFrom;
            cutLength = guard.lastCharacter().total();
            System.arraycopy(in, cutFrom, cut, 0, cutBytes);
        }
    }

    private ElementParser parser() throws XmlStreamException {
        ElementParser current = parser;
        if (current == null) {
            current = rootTag == null ? new ElementParser() : ElementParser.within(rootTag);
            parser = current;
        }
        return current;
    }

    private void deliver(ElementParser current) throws XmlStreamException {
        switch (guard.boundary()) {
            case NONE -> {
                // Something is half-read.
            }
            case HEADER -> header(current);
            case ELEMENT -> sink.onElement(found(current.takeElement()));
            case FOOTER -> footer(current);
            case EMPTY_ROOT -> {
                int before = generation;
                header(current);
                if (generation == before) {
                    footer(current);
                }
            }
        }
    }

    private void header(ElementParser current) throws XmlStreamException {
        XmlElement root = found(current.takeHeader());
        rootTag = current.rootTag();
        rootNamespace = current.rootNamespace();
        sink.onHeader(root);
    }

    private void footer(ElementParser current) throws XmlStreamException {
        if (!current.isRootClosed()) {
            throw disagreement();
        }
        sink.onFooter();
    }

    private static XmlElement found(@Nullable XmlElement element) throws XmlStreamException {
        if (element == null) {
            throw disagreement();
        }
        return element;
    }

    /** Guard and parser must see the same structure; where they do not, nothing may be believed. */
    private static XmlStreamException disagreement() {
        return new XmlStreamException(Condition.NOT_WELL_FORMED, "markup of doubtful structure");
    }

    private void discardParser() {
        if (parser != null) {
            parser.close();
            parser = null;
        }
    }
}
