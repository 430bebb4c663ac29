package org.partyline.testkit.internal.account;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** The counters of one session, and the stanzas that its client has not confirmed (XEP-0198). */
public final class StreamManagement {
    private static final long MODULUS = 1L << 32;

    private final String id;
    private final boolean resumable;
    private final int capacity;
    private final Deque<Unacknowledged> queue = new ArrayDeque<>();
    private long received;
    private long acknowledged;
    private boolean requested;

    /**
     * Starts with all counters at 0.
     *
     * @param id what the client names the session by when it resumes
     * @param resumable whether it may
     * @param capacity how many stanzas may wait for confirmation
     */
    public StreamManagement(String id, boolean resumable, int capacity) {
        this.id = id;
        this.resumable = resumable;
        this.capacity = capacity;
    }

    public String id() {
        return id;
    }

    public boolean resumable() {
        return resumable;
    }

    /** Counts a stanza of the client as handled. */
    public void handled() {
        received = (received + 1) % MODULUS;
    }

    /** {@return how many stanzas of the client were handled, modulo 2^32} */
    public long handledCount() {
        return received;
    }

    /** Keeps a stanza until the client confirms it. */
    void keep(XmlElement stanza, @Nullable Copies copies) {
        if (copies != null) {
            copies.sent();
        }
        queue.add(new Unacknowledged(stanza, copies, Instant.now()));
    }

    /** {@return whether more stanzas wait than may} */
    public boolean isOverflown() {
        return queue.size() > capacity;
    }

    /**
     * Takes the client's count.
     *
     * @param count how many stanzas it says it has handled, modulo 2^32
     * @return whether that can be: not more than were sent, and not less than it said before
     */
    public boolean acknowledge(long count) {
        long newly = Math.floorMod(count - acknowledged, MODULUS);
        if (newly > queue.size()) {
            return false;
        }
        for (long i = 0; i < newly; i++) {
            Copies copies = queue.remove().copies();
            if (copies != null) {
                copies.keep();
            }
        }
        acknowledged = count % MODULUS;
        requested = false;
        return true;
    }

    /** {@return how many stanzas were sent, modulo 2^32} */
    public long sentCount() {
        return (acknowledged + queue.size()) % MODULUS;
    }

    /** {@return the number of stanzas that wait for confirmation} */
    public int unacknowledgedCount() {
        return queue.size();
    }

    /** {@return whether the client must be asked for its count now; true only once for each answer} */
    public boolean takeRequest() {
        if (requested || queue.isEmpty()) {
            return false;
        }
        requested = true;
        return true;
    }

    /** Forgets that the client was asked, for its answer was lost with the connection. */
    public void forgetRequest() {
        requested = false;
    }

    /** {@return the stanzas that the client may not have, as they are sent again: messages tell when they were first sent} */
    public List<XmlElement> unacknowledged(String domain) {
        List<XmlElement> stanzas = new ArrayList<>(queue.size());
        for (Unacknowledged each : queue) {
            stanzas.add(each.marked(each.stanza(), domain));
        }
        return stanzas;
    }

    /** {@return the stanzas that nobody has got, now that the session has ended; to be asked once} */
    public List<XmlElement> lost(String domain) {
        List<XmlElement> stanzas = new ArrayList<>(queue.size());
        for (Unacknowledged each : queue) {
            XmlElement stanza =
                    each.copies() == null ? each.stanza() : each.copies().sessionEnded();
            if (stanza != null) {
                stanzas.add(each.marked(stanza, domain));
            }
        }
        queue.clear();
        return stanzas;
    }

    private record Unacknowledged(
            XmlElement stanza, @Nullable Copies copies, Instant sent) {
        XmlElement marked(XmlElement either, String domain) {
            return either.name().equals("message") ? Stanzas.delayed(either, domain, sent) : either;
        }
    }
}
