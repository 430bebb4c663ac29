package org.partyline.transport.xml;

import static org.partyline.transport.xml.ByteKinds.find;
import static org.partyline.transport.xml.ByteKinds.is;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * Stands before the readers of elements and lets nothing through that is not strict UTF-8, that RFC 6120 section 11.1 forbids, or that
 * exceeds a limit. Its state is of constant size and independent of how the bytes are cut.
 *
 * <p>They are given bytes only after the guard has passed them, at most up to the end of one top-level element; so they
 * never see the excess, and what stands behind an element that ends a stream is untouched. White space between top-level
 * elements and the XML declaration are consumed here.
 */
final class ByteGuard {
    /** Where {@link #scan} stopped. */
    enum Boundary {
        NONE,
        /** The root was opened. */
        HEADER,
        /** A top-level element was closed. */
        ELEMENT,
        /** The root was closed. */
        FOOTER,
        /** The root was opened and closed by one tag. */
        EMPTY_ROOT
    }

    // Between top-level elements
    private static final int START = 0;
    private static final int START_LT = 1;
    private static final int DECLARATION = 2;
    private static final int PROLOG = 3;
    private static final int BETWEEN = 4;
    private static final int EPILOG = 5;
    // Within one, from its first byte
    private static final int OPEN = 6;
    private static final int LT = 7;
    private static final int TEXT = 8;
    private static final int TEXT_BRACKET = 9;
    private static final int TEXT_BRACKETS = 10;
    private static final int BANG = 11;
    private static final int CDATA = 12;
    private static final int CDATA_BRACKET = 13;
    private static final int CDATA_BRACKETS = 14;
    private static final int NAME = 15;
    private static final int TAG = 16;
    private static final int TAG_SPACE = 17;
    private static final int ATTRIBUTE_X = 18;
    private static final int ATTRIBUTE = 19;
    private static final int ATTRIBUTE_END = 20;
    private static final int VALUE = 21;
    private static final int APOSTROPHE = 22;
    private static final int QUOTE = 23;
    private static final int SLASH = 24;
    private static final int END = 25;
    private static final int END_NAME = 26;
    private static final int END_SPACE = 27;
    private static final int COLON = 28;
    private static final int REFERENCE = 29;
    private static final int UTF8 = 30;

    private static final String CDATA_OPENING = "[CDATA[";
    private static final String XMLNS = "xmlns";

    private final XmlLimits limits;
    private final boolean documents;
    private final Utf8Check utf8 = new Utf8Check();
    private final ReferenceCheck reference = new ReferenceCheck();
    private final PlainTag plainTag;
    private @Nullable XmlDeclaration declaration;
    private int elementBytes;
    private String elementLimit = "preAuthBytes";
    private Boundary boundary = Boundary.NONE;

    private int state;
    /** Where a reference or a multi-byte character leads back to. */
    private int outerState;
    /** Open elements; the root counts, also the one that DOCUMENTS framing does without. */
    private int depth;

    private int elements;
    private int matched;
    /** Of the name that is being read: whether it has a colon, and where the part before or behind it begins. */
    private boolean prefixed;

    private long ncNameStart;
    private boolean beginsName;
    private boolean withheld;

    private int attributes;
    private int namespaces;
    private int namespacesInScope;
    private boolean declaresNamespace;
    private boolean declaresPrefix;
    /** Namespace declarations of each open element. */
    private int[] declared = new int[8];

    /** Bytes before the present ones; positions below are counted from the stream's beginning. */
    private long consumed;

    private long elementStart;
    private long tagStart;
    private long tokenStart;

    ByteGuard(XmlLimits limits, boolean documents) {
        this.limits = limits;
        this.plainTag = new PlainTag(limits);
        this.documents = documents;
        this.elementBytes = limits.preAuthBytes();
        reset();
    }

    void reset() {
        state = START;
        depth = documents ? 1 : 0;
        namespacesInScope = 0;
        declared[0] = 0;
        declaration = null;
        withheld = false;
        utf8.reset();
    }

    void authenticated() {
        elementBytes = limits.stanzaBytes();
        elementLimit = "stanzaBytes";
    }

    /** {@return whether nothing is half-read: the next byte may begin a top-level element} */
    boolean isBetween() {
        return state <= EPILOG && state != START_LT && state != DECLARATION;
    }

    /** {@return whether a top-level tag has begun, so that {@link #scan} goes on} */
    boolean isWithin() {
        return state >= OPEN;
    }

    /** {@return where the last {@link #scan} stopped} */
    Boundary boundary() {
        return boundary;
    }

    /** {@return whether a {@code <} was consumed by {@link #skip} that belongs before them; asked once} */
    boolean takeWithheld() {
        boolean was = withheld;
        withheld = false;
        return was;
    }

    /** Gives back what a long stanza made large. */
    void trim() {
        if (isBetween() && declared.length > 8) {
            declared = Arrays.copyOf(declared, 8);
        }
    }

    /**
     * Consumes white space and the XML declaration.
     *
     * @return the position that {@link #scan} goes on from if {@link #isWithin()}, else {@code end}
     */
    int skip(byte[] in, int from, int end) throws XmlStreamException {
        int at = from;
        while (at < end && !isWithin()) {
            byte b = in[at];
            if (state == START_LT && b != '?') {
                withheld = true;
                enter(LT, consumed + at - from - 1);
            } else if (state == START_LT) {
                declaration = new XmlDeclaration();
                declaration.accept((byte) '<');
                declaration.accept(b);
                state = DECLARATION;
                at++;
            } else if (declaration != null) {
                if (declaration.accept(b)) {
                    declaration = null;
                    state = PROLOG;
                }
                at++;
            } else if (b != '<') {
                requireSpace(b);
                at++;
            } else if (state == START && (at + 1 == end || in[at + 1] == '?')) {
                state = START_LT;
                at++;
            } else {
                enter(OPEN, consumed + at - from);
            }
        }
        consumed += at - from;
        return at;
    }

    private void requireSpace(byte b) throws XmlStreamException {
        if (!is(b, ByteKinds.SPACE)) {
            throw new XmlStreamException(
                    state == BETWEEN || documents ? Condition.BAD_FORMAT : Condition.NOT_WELL_FORMED,
                    "text outside of any element");
        }
        if (state == START) {
            state = PROLOG;
        }
    }

    private void enter(int next, long position) throws XmlStreamException {
        if (state == EPILOG) {
            throw illFormed("something behind the root");
        }
        state = next;
        elementStart = position;
        tagStart = position;
        elements = 0;
    }

    /**
     * Checks bytes up to the next boundary.
     *
     * @return the position behind what may be parsed: a {@link #boundary()}, or {@code end}
     */
    int scan(byte[] in, int from, int end) throws XmlStreamException {
        boundary = Boundary.NONE;
        long origin = consumed - from;
        int stop = (int) Math.min(end, elementStart + elementBytes - origin);
        int at = from;
        while (at < stop && boundary == Boundary.NONE) {
            at = step(in, at, stop, origin);
        }
        consumed = origin + at;
        if (boundary == Boundary.NONE) {
            if (stop < end) {
                throw tooMuch("a top-level element", elementLimit, elementBytes);
            }
            requireWithinLimits(consumed);
        }
        return at;
    }

    private int step(byte[] in, int from, int stop, long origin) throws XmlStreamException {
        int at = from;
        byte b = in[at];
        switch (state) {
            case OPEN -> {
                state = LT;
                return at + 1;
            }
            case LT -> {
                return markup(in, at, stop, origin);
            }
            case TEXT -> {
                at = find(in, at, stop, ByteKinds.TEXT_STOP);
                return at == stop ? at : endOfRun(in[at], at, origin);
            }
            case TEXT_BRACKET, TEXT_BRACKETS -> {
                if (b == ']') {
                    state = TEXT_BRACKETS;
                    return at + 1;
                }
                if (b == '>' && state == TEXT_BRACKETS) {
                    throw illFormed("the end of a CDATA section that did not begin");
                }
                state = TEXT;
                return at;
            }
            case BANG -> {
                if (b != CDATA_OPENING.charAt(matched)) {
                    throw matched == 0 ? restricted("a comment or a document type") : illFormed("unknown markup");
                }
                if (depth <= 1) {
                    throw new XmlStreamException(Condition.BAD_FORMAT, "text outside of any element");
                }
                if (++matched == CDATA_OPENING.length()) {
                    state = CDATA;
                }
                return at + 1;
            }
            case CDATA -> {
                at = find(in, at, stop, ByteKinds.CDATA_STOP);
                return at == stop ? at : endOfRun(in[at], at, origin);
            }
            case CDATA_BRACKET, CDATA_BRACKETS -> {
                if (b == ']') {
                    state = CDATA_BRACKETS;
                    return at + 1;
                }
                if (b == '>' && state == CDATA_BRACKETS) {
                    state = TEXT;
                    return at + 1;
                }
                state = CDATA;
                return at;
            }
            case NAME, ATTRIBUTE, END_NAME -> {
                at = find(in, at, stop, ByteKinds.NAME_STOP);
                if (at == stop) {
                    return at;
                }
                if (in[at] < 0) {
                    beginsName = origin + at == ncNameStart;
                    return multiByte(at);
                }
                if (in[at] == ':') {
                    return colon(at, origin);
                }
                endOfName(origin + at);
                return at;
            }
            case TAG -> {
                if (b == '>') {
                    return open(at, origin);
                }
                state = b == '/' ? SLASH : require(is(b, ByteKinds.SPACE), TAG_SPACE);
                return at + 1;
            }
            case TAG_SPACE -> {
                if (is(b, ByteKinds.SPACE)) {
                    return at + 1;
                }
                if (!is(b, ByteKinds.NAME_START)) {
                    state = TAG;
                    require(b == '>' || b == '/', TAG);
                    return at;
                }
                beginAttribute(b, origin + at);
                return at;
            }
            case ATTRIBUTE_X -> {
                return xmlns(b, at);
            }
            case ATTRIBUTE_END -> {
                if (b == '=') {
                    countAttribute();
                    state = VALUE;
                } else {
                    require(is(b, ByteKinds.SPACE), ATTRIBUTE_END);
                }
                return at + 1;
            }
            case VALUE -> {
                if (b == '\'' || b == '"') {
                    state = b == '"' ? QUOTE : APOSTROPHE;
                    tokenStart = origin + at + 1;
                } else {
                    require(is(b, ByteKinds.SPACE), VALUE);
                }
                return at + 1;
            }
            case APOSTROPHE, QUOTE -> {
                at = find(in, at, stop, state == QUOTE ? ByteKinds.QUOTE_STOP : ByteKinds.APOSTROPHE_STOP);
                return at == stop ? at : endOfValueRun(in[at], at, origin);
            }
            case SLASH -> {
                require(b == '>', SLASH);
                return close(at, origin, true);
            }
            case END -> {
                require(is(b, ByteKinds.NAME_START), END_NAME);
                beginName(END_NAME, origin + at);
                return at;
            }
            case END_SPACE -> {
                if (b == '>') {
                    return close(at, origin, false);
                }
                require(is(b, ByteKinds.SPACE), END_SPACE);
                return at + 1;
            }
            case COLON -> {
                require(is(b, ByteKinds.NAME_START), outerState);
                state = outerState;
                return at;
            }
            case REFERENCE -> {
                if (reference.accept(b)) {
                    state = outerState;
                }
                return at + 1;
            }
            default -> {
                at = utf8.run(in, at, stop);
                if (utf8.isComplete()) {
                    endOfMultiByte();
                }
                return at;
            }
        }
    }

    /** What follows {@code <}. */
    private int markup(byte[] in, int at, int stop, long origin) throws XmlStreamException {
        byte b = in[at];
        if (b == '/') {
            if (depth == 0 || (documents && depth == 1)) {
                throw illFormed("an end tag without a start tag");
            }
            int end = plainTag.end(in, at + 1, stop);
            if (end != PlainTag.UNUSUAL) {
                return close(end, origin, false);
            }
            state = END;
        } else if (b == '!') {
            state = BANG;
            matched = 0;
        } else if (b == '?') {
            throw restricted("a processing instruction");
        } else {
            require(is(b, ByteKinds.NAME_START), NAME);
            if (depth > limits.depth()) {
                throw tooMuch("nested elements", "depth", limits.depth());
            }
            if (depth > 0 && ++elements > limits.elements()) {
                throw tooMuch("elements in a top-level one", "elements", limits.elements());
            }
            int end = plainTag.start(in, at, stop);
            namespaces = plainTag.namespaces();
            if (end != PlainTag.UNUSUAL && namespacesInScope + namespaces <= limits.namespacesInScope()) {
                return plainTag.isEmpty() ? close(end, origin, true) : open(end, origin);
            }
            beginName(NAME, origin + at);
            attributes = 0;
            namespaces = 0;
            return at;
        }
        return at + 1;
    }

    /** What ends a run of plain text or of plain bytes in a CDATA section. */
    private int endOfRun(byte b, int at, long origin) throws XmlStreamException {
        if (b < 0) {
            return multiByte(at);
        }
        if (b == '<') {
            tagStart = origin + at;
            state = LT;
        } else if (b == '&') {
            beginReference();
        } else if (b == ']') {
            state++;
        } else {
            throw illFormed("a control character");
        }
        return at + 1;
    }

    private int endOfValueRun(byte b, int at, long origin) throws XmlStreamException {
        if (b < 0) {
            return multiByte(at);
        }
        if (b == '&') {
            beginReference();
        } else if (b == '\'' || b == '"') {
            requireValue(origin + at);
            if (declaresPrefix && origin + at == tokenStart) {
                throw illFormed("a prefix bound to no namespace");
            }
            state = TAG;
        } else {
            throw illFormed(b == '<' ? "a < in an attribute" : "a control character");
        }
        return at + 1;
    }

    private void beginReference() {
        outerState = state;
        state = REFERENCE;
        reference.begin();
    }

    private int multiByte(int at) {
        outerState = state;
        state = UTF8;
        return at;
    }

    private void endOfMultiByte() throws XmlStreamException {
        state = outerState;
        if (state == NAME || state == ATTRIBUTE || state == END_NAME) {
            int c = utf8.codePoint();
            require(beginsName ? NameCharacters.isStart(c) : NameCharacters.isPart(c), state);
        }
    }

    private void beginName(int next, long position) {
        state = next;
        tokenStart = position;
        ncNameStart = position;
        prefixed = false;
    }

    /** What stands before a colon and what stands behind it must each be a name (Namespaces in XML section 4). */
    private int colon(int at, long origin) throws XmlStreamException {
        require(!prefixed, COLON);
        prefixed = true;
        ncNameStart = origin + at + 1;
        outerState = state;
        state = COLON;
        return at + 1;
    }

    private void beginAttribute(byte b, long position) {
        beginName(b == 'x' ? ATTRIBUTE_X : ATTRIBUTE, position);
        matched = 0;
        declaresNamespace = false;
        declaresPrefix = false;
    }

    /** Tells {@code xmlns} and {@code xmlns:…} from other names that begin with an x. */
    private int xmlns(byte b, int at) {
        if (matched < XMLNS.length() && b == XMLNS.charAt(matched)) {
            matched++;
            return at + 1;
        }
        if (matched == XMLNS.length()) {
            declaresPrefix = b == ':';
            declaresNamespace = b == ':' || (b > 0 && is(b, ByteKinds.NAME_STOP));
        }
        state = ATTRIBUTE;
        return at;
    }

    private void countAttribute() throws XmlStreamException {
        if (!declaresNamespace) {
            if (++attributes > limits.attributes()) {
                throw tooMuch("attributes of an element", "attributes", limits.attributes());
            }
        } else if (++namespaces > limits.namespaces()) {
            throw tooMuch("namespace declarations of an element", "namespaces", limits.namespaces());
        } else if (namespacesInScope + namespaces > limits.namespacesInScope()) {
            throw tooMuch("namespace declarations in scope", "namespacesInScope", limits.namespacesInScope());
        }
    }

    private void endOfName(long position) throws XmlStreamException {
        requireName(position);
        state = state == NAME ? TAG : state == ATTRIBUTE ? ATTRIBUTE_END : END_SPACE;
    }

    /** The end of a start tag. */
    private int open(int at, long origin) throws XmlStreamException {
        requireTag(origin + at + 1);
        namespacesInScope += namespaces;
        if (depth == declared.length) {
            declared = Arrays.copyOf(declared, depth * 2);
        }
        declared[depth++] = namespaces;
        state = TEXT;
        if (depth == 1) {
            state = BETWEEN;
            boundary = Boundary.HEADER;
        }
        return at + 1;
    }

    /** The end of an end tag or of an empty element's tag. */
    private int close(int at, long origin, boolean empty) throws XmlStreamException {
        requireTag(origin + at + 1);
        if (!empty) {
            namespacesInScope -= declared[--depth];
        }
        state = TEXT;
        if (depth == 0) {
            state = EPILOG;
            boundary = empty ? Boundary.EMPTY_ROOT : Boundary.FOOTER;
        } else if (depth == 1) {
            state = documents ? START : BETWEEN;
            boundary = Boundary.ELEMENT;
        }
        return at + 1;
    }

    /** What is half-read must be within its limit too, or the excess would be kept. */
    private void requireWithinLimits(long position) throws XmlStreamException {
        int place = state >= COLON ? outerState : state;
        if (place >= NAME) {
            requireTag(position);
        }
        if (place == NAME || place == ATTRIBUTE || place == ATTRIBUTE_X || place == END_NAME) {
            requireName(position);
        } else if (place == APOSTROPHE || place == QUOTE) {
            requireValue(position);
        }
    }

    private void requireTag(long position) throws XmlStreamException {
        if (position - tagStart > limits.tagBytes()) {
            throw tooMuch("a tag", "tagBytes", limits.tagBytes());
        }
    }

    private void requireName(long position) throws XmlStreamException {
        if (position - tokenStart > limits.nameLength()) {
            throw tooMuch("a name", "nameLength", limits.nameLength());
        }
    }

    private void requireValue(long position) throws XmlStreamException {
        if (position - tokenStart > limits.valueBytes()) {
            throw tooMuch("an attribute value", "valueBytes", limits.valueBytes());
        }
    }

    private static int require(boolean legal, int next) throws XmlStreamException {
        if (!legal) {
            throw illFormed("an ill-formed tag");
        }
        return next;
    }

    private static XmlStreamException illFormed(String what) {
        return new XmlStreamException(Condition.NOT_WELL_FORMED, what);
    }

    private static XmlStreamException restricted(String what) {
        return new XmlStreamException(Condition.RESTRICTED_XML, what);
    }

    private static XmlStreamException tooMuch(String what, String limit, int value) {
        return new XmlStreamException(Condition.POLICY_VIOLATION, what + " over the limit " + limit + " = " + value);
    }
}
