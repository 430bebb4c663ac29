package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * Builds an element from its bytes, of any kind. The guard has passed them, and they are whole; what is left to check is
 * what only names can tell: that end tags match, that no attribute comes twice, that prefixes are declared. What that costs
 * is in proportion to the bytes, whatever names a peer chooses.
 */
final class ElementReader {
    private static final String[] NO_ATTRIBUTES = {};
    private static final byte[] XMLNS = {'x', 'm', 'l', 'n', 's'};
    private static final byte[] XML = {'x', 'm', 'l'};
    private static final int FIRST = 8;
    /** The prefix that needs no declaration. */
    private static final int XML_PREFIX = Integer.MAX_VALUE;
    /** Of each attribute: where its name begins, its colon (or where the name begins), its end; likewise of its value. */
    private static final int PLACES = 5;

    private final NamespaceScope scope;
    private final TreeBuilder tree = new TreeBuilder();
    private final TextReader text = new TextReader();
    /** Of each open element: where its name begins and ends, and how many declarations there were before it. */
    private int[] open = new int[FIRST * 3];

    private int[] places = new int[FIRST * PLACES];
    private int[] hashes = new int[FIRST];
    private int attributeCount;
    private byte[] in = XML;
    private int end;
    private int depth;
    private @Nullable XmlElement whole;
    // Of the tag that was read last
    private int nameEnd;
    private boolean empty;
    private String namespace = "";
    private String name = "";
    private String[] attributes = NO_ATTRIBUTES;

    ElementReader(NamespaceScope scope) {
        this.scope = scope;
    }

    /** {@return the root without children; what it declares stays in scope} */
    XmlElement header(byte[] bytes, int from, int to) throws XmlStreamException {
        begin(bytes, to);
        tag(from + 1);
        finish();
        return new XmlElement(namespace, name, attributes, new Object[0]);
    }

    /** {@return where the name ends that begins here} */
    static int nameEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] < 0 || bytes[at] > '>' || !endsName(bytes[at]))) {
            at++;
        }
        return at;
    }

    private static boolean endsName(byte b) {
        return b == '>' || b == '=' || b == '/' || b <= ' ';
    }

    /** {@return the element that these bytes are} */
    XmlElement element(byte[] bytes, int from, int to) throws XmlStreamException {
        int before = scope.size();
        try {
            begin(bytes, to);
            int at = from;
            while (at < end) {
                at = in[at] != '<' ? text(at) : markup(at + 1);
            }
            if (whole == null || depth > 0) {
                throw illFormed();
            }
            return whole;
        } finally {
            scope.leave(before);
            tree.clear();
            text.clear();
            finish();
        }
    }

    private void begin(byte[] bytes, int to) {
        in = bytes;
        end = to;
        depth = 0;
        whole = null;
    }

    private void finish() {
        in = XML;
        whole = null;
    }

    private int text(int from) throws XmlStreamException {
        int at = from;
        boolean plain = true;
        byte b = in[at];
        while (b != '<') {
            plain &= b != '&' && b != '\r';
            b = ++at < end ? in[at] : (byte) '<';
        }
        // Ends at the next tag, unless a CDATA section goes on with it.
        if (plain && text.isEmpty() && !(at + 1 < end && in[at + 1] == '!')) {
            tree.text(new String(in, from, at - from, StandardCharsets.UTF_8));
        } else {
            text.text(in, from, at);
        }
        if (depth == 0) {
            throw illFormed();
        }
        return at;
    }

    private int markup(int from) throws XmlStreamException {
        byte b = in[from];
        if (b == '!') {
            return section(from + "![CDATA[".length());
        }
        if (!text.isEmpty()) {
            tree.text(text.take());
        }
        return b == '/' ? endTag(from + 1) : startTag(from);
    }

    private int section(int from) {
        int at = from;
        while (in[at] != '>' || in[at - 1] != ']' || in[at - 2] != ']' || at - 2 < from) {
            at++;
        }
        text.section(in, from, at - 2);
        return at + 1;
    }

    private int endTag(int from) throws XmlStreamException {
        int at = nameEnd(in, from, end);
        depth--;
        if (depth < 0 || !Arrays.equals(in, from, at, in, open[depth * 3], open[depth * 3 + 1])) {
            throw illFormed();
        }
        while (in[at] != '>') {
            at++;
        }
        scope.leave(open[depth * 3 + 2]);
        whole = tree.end();
        return at + 1;
    }

    private int startTag(int from) throws XmlStreamException {
        if (whole != null) {
            throw illFormed();
        }
        int declared = scope.size();
        int at = tag(from);
        tree.start(namespace, name, attributes);
        if (empty) {
            scope.leave(declared);
            whole = tree.end();
            return at;
        }
        if (depth * 3 + 3 > open.length) {
            open = Arrays.copyOf(open, open.length * 2);
        }
        open[depth * 3] = from;
        open[depth * 3 + 1] = nameEnd;
        open[depth++ * 3 + 2] = declared;
        return at;
    }

    /** Reads a start tag from its name on. */
    private int tag(int from) throws XmlStreamException {
        int declared = scope.size();
        attributeCount = 0;
        int at = nameEnd(in, from, end);
        nameEnd = at;
        at = space(at);
        while (in[at] != '>' && in[at] != '/') {
            at = space(attribute(at, declared));
        }
        empty = in[at] == '/';
        int colon = colon(from, nameEnd);
        int declaration = colon == from ? scope.find("", 0) : prefix(from, colon);
        namespace =
                declaration == XML_PREFIX ? XmlElement.XML_NAMESPACE : declaration < 0 ? "" : scope.uri(declaration);
        name = NameTable.string(in, colon == from ? from : colon + 1, nameEnd);
        attributes = attributeCount == 0 ? NO_ATTRIBUTES : attributes();
        return empty ? at + 2 : at + 1;
    }

    private int space(int from) {
        int at = from;
        while (ByteKinds.is(in[at], ByteKinds.SPACE)) {
            at++;
        }
        return at;
    }

    private int attribute(int from, int declared) throws XmlStreamException {
        int stop = nameEnd(in, from, end);
        int at = space(stop);
        at = space(at + 1);
        byte quote = in[at];
        int value = at + 1;
        int valueEnd = value;
        while (in[valueEnd] != quote) {
            valueEnd++;
        }
        int colon = colon(from, stop);
        if (is(XMLNS, from, colon == from ? stop : colon)) {
            boolean isDefault = colon == from;
            String uri = text.value(in, value, valueEnd);
            int hash = isDefault ? 0 : NamespaceScope.hash(in, colon + 1, stop);
            if (!scope.declare(
                    declared,
                    isDefault ? "" : NameTable.string(in, colon + 1, stop),
                    hash,
                    uri,
                    // Of the value as it is meant: however it is written, it is one namespace.
                    uriHash(uri))) {
                throw illFormed();
            }
            return valueEnd + 1;
        }
        if (attributeCount == hashes.length) {
            hashes = Arrays.copyOf(hashes, attributeCount * 2);
            places = Arrays.copyOf(places, places.length * 2);
        }
        int place = attributeCount++ * PLACES;
        places[place] = from;
        places[place + 1] = colon;
        places[place + 2] = stop;
        places[place + 3] = value;
        places[place + 4] = valueEnd;
        return valueEnd + 1;
    }

    private static int uriHash(String uri) {
        byte[] bytes = uri.getBytes(StandardCharsets.UTF_8);
        return NamespaceScope.hash(bytes, 0, bytes.length);
    }

    /** {@return the attributes in triples; they are resolved when all declarations of the tag are known} */
    private String[] attributes() throws XmlStreamException {
        String[] triples = new String[attributeCount * 3];
        for (int i = 0; i < attributeCount; i++) {
            int from = places[i * PLACES];
            int colon = places[i * PLACES + 1];
            int stop = places[i * PLACES + 2];
            int local = colon == from ? from : colon + 1;
            int uriHash = 0;
            String uri = "";
            if (colon != from) {
                int declaration = prefix(from, colon);
                uri = declaration == XML_PREFIX ? XmlElement.XML_NAMESPACE : scope.uri(declaration);
                uriHash = declaration == XML_PREFIX ? 1 : scope.uriHash(declaration);
            }
            hashes[i] = NamespaceScope.hash(NamespaceScope.hash(in, local, stop), uriHash);
            triples[i * 3] = uri;
            triples[i * 3 + 1] = NameTable.string(in, local, stop);
            triples[i * 3 + 2] = text.value(in, places[i * PLACES + 3], places[i * PLACES + 4]);
            for (int j = 0; j < i; j++) {
                if (hashes[j] == hashes[i]
                        && triples[j * 3 + 1].equals(triples[i * 3 + 1])
                        && triples[j * 3].equals(uri)) {
                    throw illFormed();
                }
            }
        }
        return triples;
    }

    private int prefix(int from, int colon) throws XmlStreamException {
        if (is(XML, from, colon)) {
            return XML_PREFIX;
        }
        int found = scope.find(NameTable.string(in, from, colon), NamespaceScope.hash(in, from, colon));
        if (found < 0) {
            throw illFormed();
        }
        return found;
    }

    /** {@return where the colon stands, or {@code from} if there is none, which is where none can be} */
    private int colon(int from, int to) {
        for (int at = from + 1; at < to; at++) {
            if (in[at] == ':') {
                return at;
            }
        }
        return from;
    }

    private boolean is(byte[] expected, int from, int to) {
        return to - from == expected.length && Arrays.equals(in, from, to, expected, 0, expected.length);
    }

    private static XmlStreamException illFormed() {
        return new XmlStreamException(Condition.NOT_WELL_FORMED, "ill-formed markup");
    }
}
