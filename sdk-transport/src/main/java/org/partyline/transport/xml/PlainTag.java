package org.partyline.transport.xml;

import static org.partyline.transport.xml.ByteKinds.find;
import static org.partyline.transport.xml.ByteKinds.is;

/**
 * The guard's short way through a tag of the usual kind: complete, all ASCII, without references or needless white space, and
 * within all limits. Whatever else it meets it leaves to the guard's state machine, which alone decides what is refused.
 */
final class PlainTag {
    /** The tag is not of the usual kind. */
    static final int UNUSUAL = -1;

    private final XmlLimits limits;
    private int namespaces;
    private boolean empty;

    PlainTag(XmlLimits limits) {
        this.limits = limits;
    }

    /** {@return the namespace declarations of the start tag that was found} */
    int namespaces() {
        return namespaces;
    }

    /** {@return whether the start tag that was found also ends its element} */
    boolean isEmpty() {
        return empty;
    }

    /**
     * {@return the position of the {@code >} that ends the end tag, or {@link #UNUSUAL}}
     *
     * @param from the position of the name
     */
    int end(byte[] in, int from, int stop) {
        int at = name(in, from, stop);
        return at != UNUSUAL && in[at] == '>' && at - from <= limits.tagBytes() - 3 ? at : UNUSUAL;
    }

    /**
     * {@return the position of the {@code >} that ends the start tag, or {@link #UNUSUAL}}
     *
     * @param from the position of the name
     */
    int start(byte[] in, int from, int stop) {
        namespaces = 0;
        int attributes = 0;
        int at = name(in, from, stop);
        while (at != UNUSUAL && in[at] == ' ') {
            int value = value(in, at + 1, stop);
            if (value == UNUSUAL) {
                return UNUSUAL;
            }
            int end = find(in, value, stop, in[value - 1] == '"' ? ByteKinds.QUOTE_STOP : ByteKinds.APOSTROPHE_STOP);
            // Behind the value comes at least one byte.
            if (end + 1 >= stop || in[end] != in[value - 1] || end - value > limits.valueBytes()) {
                return UNUSUAL;
            }
            if (!isNamespace(in, at + 1)) {
                attributes++;
            } else if (end == value) {
                return UNUSUAL;
            } else {
                namespaces++;
            }
            at = end + 1;
        }
        if (at == UNUSUAL || attributes > limits.attributes() || namespaces > limits.namespaces()) {
            return UNUSUAL;
        }
        empty = in[at] == '/';
        if (empty && ++at == stop) {
            return UNUSUAL;
        }
        return in[at] == '>' && at - from <= limits.tagBytes() - 2 ? at : UNUSUAL;
    }

    /** {@return the position behind the quote that opens an attribute's value, or {@link #UNUSUAL}} */
    private int value(byte[] in, int from, int stop) {
        int at = name(in, from, stop);
        boolean opened = at != UNUSUAL && at + 2 < stop && in[at] == '=' && (in[at + 1] == '\'' || in[at + 1] == '"');
        return opened ? at + 2 : UNUSUAL;
    }

    /** {@return the position behind a name with or without a prefix, always before {@code stop}, or {@link #UNUSUAL}} */
    private int name(byte[] in, int from, int stop) {
        int at = ncName(in, from, stop);
        if (at < stop && in[at] == ':' && at > from) {
            int local = at + 1;
            at = ncName(in, local, stop);
            if (at == local) {
                return UNUSUAL;
            }
        }
        return at == from || at == stop || at - from > limits.nameLength() ? UNUSUAL : at;
    }

    private static int ncName(byte[] in, int from, int stop) {
        return from < stop && in[from] > 0 && is(in[from], ByteKinds.NAME_START)
                ? find(in, from + 1, stop, ByteKinds.NAME_STOP)
                : from;
    }

    /** {@return whether the attribute declares a namespace} A complete attribute is at least as long as what is looked at. */
    private static boolean isNamespace(byte[] in, int from) {
        return in[from] == 'x'
                && in[from + 1] == 'm'
                && in[from + 2] == 'l'
                && in[from + 3] == 'n'
                && in[from + 4] == 's'
                && (in[from + 5] == '=' || in[from + 5] == ':');
    }
}
