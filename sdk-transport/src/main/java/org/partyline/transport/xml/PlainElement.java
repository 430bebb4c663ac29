package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The short way from bytes to an element, for what nearly every stanza is: whole, without references, CDATA or prefixes
 * other than {@code xml:}, and without white space that would have to be normalized. The guard has passed the bytes, so
 * that they are well-formed but for what only names can tell; whatever is unusual, or wrong, is left to the parser.
 */
final class PlainElement {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ATTRIBUTES = 8;
    private static final byte[] NOTHING = {};
    private static final String[] NO_ATTRIBUTES = {};
    private static final byte[] XML = {'x', 'm', 'l'};
    private static final byte[] XMLNS = {'x', 'm', 'l', 'n', 's'};
    private static final String XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

    private final TreeBuilder tree = new TreeBuilder();
    /** Of each open element: where its name begins and ends. */
    private final int[] names = new int[MAX_DEPTH * 2];
    /** The default namespace at each depth. */
    private final String[] namespaces = new String[MAX_DEPTH + 1];

    private final String[] attributes = new String[MAX_ATTRIBUTES * 3];
    private int attributeCount;
    private byte[] in = NOTHING;
    private int end;
    private int depth;
    private @Nullable XmlElement whole;

    /**
     * {@return the element, or null if it is for the parser to say what the bytes hold}
     *
     * @param bytes of which those from {@code from} to {@code to} are one element, passed by the guard
     * @param namespace the default namespace around it
     */
    @Nullable
    XmlElement read(byte[] bytes, int from, int to, String namespace) {
        in = bytes;
        end = to;
        depth = 0;
        namespaces[0] = namespace;
        whole = null;
        int at = from;
        while (at >= 0 && at < end) {
            at = in[at] != '<' ? text(at) : at + 1 < end && in[at + 1] == '/' ? endTag(at + 2) : startTag(at + 1);
        }
        XmlElement read = at == end && depth == 0 ? whole : null;
        in = NOTHING;
        if (read == null) {
            tree.clear();
        }
        return read;
    }

    /** {@return the position behind what was read, or -1 if it is unusual; likewise below} */
    private int text(int from) {
        byte[] bytes = in;
        int at = from;
        for (int stop = end; at < stop; at++) {
            byte b = bytes[at];
            // Most characters stand behind these three.
            if (b <= '<') {
                if (b == '<') {
                    break;
                }
                // A carriage return is normalized (XML 1.0 section 2.11).
                if (b == '&' || b == '\r') {
                    return -1;
                }
            }
        }
        if (depth == 0) {
            return -1;
        }
        tree.text(string(from, at));
        return at;
    }

    private int endTag(int from) {
        if (depth == 0) {
            return -1;
        }
        depth--;
        int length = names[depth * 2 + 1] - names[depth * 2];
        if (from + length >= end || in[from + length] != '>' || !isSame(from, names[depth * 2], length)) {
            return -1;
        }
        whole = tree.end();
        return from + length + 1;
    }

    private int startTag(int from) {
        int at = name(from);
        // A second outermost element is not what the caller promised.
        if (at < 0 || depth == MAX_DEPTH || whole != null) {
            return -1;
        }
        String name = NameTable.string(in, from, at);
        names[depth * 2] = from;
        names[depth * 2 + 1] = at;
        namespaces[depth + 1] = namespaces[depth];
        attributeCount = 0;
        boolean declared = false;
        while (in[at] == ' ') {
            int begin = at + 1;
            int stop = name(begin);
            boolean isDeclaration = stop >= 0 && is(XMLNS, begin, stop);
            if (isDeclaration && declared) {
                return -1;
            }
            declared |= isDeclaration;
            at = stop < 0 ? -1 : attribute(begin, stop, isDeclaration);
            if (at < 0 || at >= end) {
                return -1;
            }
        }
        boolean empty = in[at] == '/';
        if (empty) {
            at++;
        }
        if (at >= end || in[at] != '>') {
            return -1;
        }
        depth++;
        tree.start(
                namespaces[depth],
                name,
                attributeCount == 0 ? NO_ATTRIBUTES : Arrays.copyOf(attributes, attributeCount * 3));
        if (empty) {
            depth--;
            whole = tree.end();
        }
        return at + 1;
    }

    /** {@return the position behind a name without a prefix, before the end, or -1} */
    private int name(int from) {
        int at = ByteKinds.find(in, from, end, ByteKinds.NAME_STOP);
        return at == from || at == end ? -1 : at;
    }

    private int attribute(int from, int nameEnd, boolean isDeclaration) {
        int begin = from;
        int stop = nameEnd;
        String namespace = "";
        if (in[stop] == ':' && is(XML, from, stop)) {
            namespace = XmlElement.XML_NAMESPACE;
            begin = stop + 1;
            stop = name(begin);
        }
        if (stop < 0 || in[stop] != '=' || stop + 1 >= end) {
            return -1;
        }
        byte quote = in[stop + 1];
        int value = stop + 2;
        int at = endOfValue(value, quote);
        boolean taken = at >= 0
                && (isDeclaration ? declare(value, at) : add(namespace, NameTable.string(in, begin, stop), value, at));
        return taken ? at + 1 : -1;
    }

    private int endOfValue(int from, byte quote) {
        byte[] bytes = in;
        for (int at = from; at < end; at++) {
            byte b = bytes[at];
            // Most characters stand behind those that matter: the quotes, a reference, and white space, which is
            // normalized (XML 1.0 section 3.3.3).
            if (b <= '\'') {
                if (b == quote && (quote == '\'' || quote == '"')) {
                    return at;
                }
                if (b == '&' || (b >= 0 && b < ' ')) {
                    return -1;
                }
            }
        }
        return -1;
    }

    private boolean declare(int from, int to) {
        // Undeclaring is rare.
        if (from == to) {
            return false;
        }
        String namespace = NameTable.string(in, from, to);
        namespaces[depth + 1] = namespace;
        // These two may not be a default (Namespaces in XML section 3).
        return !namespace.equals(XmlElement.XML_NAMESPACE) && !namespace.equals(XMLNS_NAMESPACE);
    }

    private boolean add(String namespace, String name, int from, int to) {
        if (attributeCount == MAX_ATTRIBUTES) {
            return false;
        }
        for (int i = 0; i < attributeCount * 3; i += 3) {
            if (attributes[i + 1].equals(name) && attributes[i].equals(namespace)) {
                return false;
            }
        }
        attributes[attributeCount * 3] = namespace;
        attributes[attributeCount * 3 + 1] = name;
        attributes[attributeCount * 3 + 2] = string(from, to);
        attributeCount++;
        return true;
    }

    private String string(int from, int to) {
        return new String(in, from, to - from, StandardCharsets.UTF_8);
    }

    private boolean is(byte[] name, int from, int to) {
        return to - from == name.length && in[from] == 'x' && Arrays.equals(in, from, to, name, 0, name.length);
    }

    private boolean isSame(int from, int other, int length) {
        byte[] bytes = in;
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != bytes[other + i]) {
                return false;
            }
        }
        return true;
    }
}
