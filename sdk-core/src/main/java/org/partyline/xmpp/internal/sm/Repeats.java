package org.partyline.xmpp.internal.sm;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.partyline.transport.xml.XmlElement;

/**
 * The stanzas from the first on that would be lost with this process. When the session is resumed, the server is not told of them,
 * so it sends them again, in the order in which it counts them (XEP-0198 section 5); here they are known by what they looked like.
 * Lives on the loop.
 */
final class Repeats {
    /** Behind so many the first is given up: a loss with this process is better than a server that is never told anything (L18). */
    static final int MOST = 4_096;

    /** By how many stanzas had come before. */
    private final Map<Integer, Integer> looks = new HashMap<>();

    private int first;

    boolean isEmpty() {
        return looks.isEmpty();
    }

    /** {@return how many stanzas had come before the first of them} */
    int first() {
        return first;
    }

    /**
     * Notes what a stanza looks like, if none was there before.
     *
     * @param position how many had come before
     */
    void note(int position, XmlElement stanza) {
        if (looks.isEmpty()) {
            first = position;
        }
        looks.putIfAbsent(position, look(stanza));
        if (looks.size() > MOST) {
            looks.clear();
        }
    }

    /** {@return whether the stanza at this position has been here before} */
    boolean contains(int position, XmlElement stanza) {
        Integer look = looks.get(position);
        return look != null && look == look(stanza);
    }

    /** Those up to a count are safe. */
    void safeUpTo(int count) {
        while (!looks.isEmpty() && count - first > 0) { // modulo 2^32, as the counts are
            looks.remove(first++);
        }
    }

    /** Servers add when they had it first (XEP-0203), and nothing else. */
    private static int look(XmlElement stanza) {
        return Objects.hash(
                stanza.name(),
                stanza.attribute("from"),
                stanza.attribute("id"),
                stanza.attribute("type"),
                stanza.childText("body"));
    }
}
