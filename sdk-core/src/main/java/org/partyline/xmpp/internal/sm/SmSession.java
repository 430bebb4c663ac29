package org.partyline.xmpp.internal.sm;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/**
 * One session under stream management: the counter of what was received, and what it takes to resume. Its id lets whoever
 * knows it take over the session, so it is never logged. Lives on the loop.
 */
public final class SmSession {
    /** Longest id that the protocol allows (XEP-0198 section 3). */
    private static final int MAX_ID_BYTES = 4_000;

    private final @Nullable String id;
    private final @Nullable Duration max;
    private int received;
    private int handled;
    private long lastHeard;
    private boolean refused;
    private OptionalInt kept = OptionalInt.empty();
    private final Repeats repeats = new Repeats();
    private boolean atRisk;

    private SmSession(@Nullable String id, @Nullable Duration max, long now) {
        this.id = id;
        this.max = max;
        this.lastHeard = now;
    }

    /**
     * {@return the session that the server's {@code <enabled/>} begins; the counter starts at zero now}
     *
     * @param enabled the element
     * @param now the loop's time in nanoseconds
     */
    public static SmSession begun(XmlElement enabled, long now) {
        String resume = enabled.attribute("resume");
        String id = enabled.attribute("id");
        boolean resumable = ("true".equals(resume) || "1".equals(resume))
                && id != null
                && !id.isEmpty()
                && id.length() <= MAX_ID_BYTES;
        return new SmSession(resumable ? id : null, seconds(enabled.attribute("max")), now);
    }

    /**
     * {@return a session that an earlier process had}
     *
     * @param id the server's id for it
     * @param max how long the server keeps it, or null if it did not say so
     * @param handled how many stanzas that process had handled
     * @param now the loop's time in nanoseconds
     */
    public static SmSession earlier(String id, @Nullable Duration max, int handled, long now) {
        SmSession session = new SmSession(id, max, now);
        session.received = handled;
        session.handled = handled;
        return session;
    }

    private static @Nullable Duration seconds(@Nullable String max) {
        if (max == null || max.isEmpty() || max.length() > 9 || !max.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return Duration.ofSeconds(Integer.parseInt(max));
    }

    /** {@return whether the server gave an id by which it can be resumed} */
    public boolean isToBeResumed() {
        return id != null;
    }

    /** {@return how long the server keeps it, or null if it did not say so} */
    public @Nullable Duration max() {
        return max;
    }

    /** {@return the server's id for it, which it must have} */
    public String id() {
        if (id == null) {
            throw new IllegalStateException("the session cannot be resumed");
        }
        return id;
    }

    /** {@return how many stanzas have come, modulo 2^32, as unsigned} */
    public int received() {
        return received;
    }

    /**
     * {@return whether a stanza that comes now came before the session was resumed, and is only to be counted}
     *
     * @param stanza the stanza
     */
    public boolean isRepeat(XmlElement stanza) {
        return repeats.contains(received, stanza);
    }

    /** The stanza that is not counted yet would be lost with this process, until it is handled. */
    public void atRisk() {
        atRisk = true;
    }

    /**
     * Counts a stanza that has come.
     *
     * @param stanza the stanza
     */
    public void countReceived(XmlElement stanza) {
        if (atRisk || !repeats.isEmpty()) {
            repeats.note(received, stanza);
            atRisk = false;
        }
        received++;
        repeats.safeUpTo(earlier(handled, received));
    }

    private static int earlier(int one, int other) {
        return one - other < 0 ? one : other;
    }

    /** {@return how many of them are handled: the application was given what they hold, and what is to be stored is} */
    public int handled() {
        return handled;
    }

    /**
     * Notes that all stanzas up to one are handled.
     *
     * @param count the number of stanzas that had come with it
     */
    public void handledUpTo(int count) {
        if (count - handled > 0) { // modulo 2^32, so that a count that went round is the later one
            handled = count;
            repeats.safeUpTo(earlier(handled, received));
        }
    }

    /**
     * Counts back to the first stanza that would be lost with this process, if there is one: the server, which is to be asked to
     * resume, is told of those before it, and sends it and the rest again.
     */
    public void toBeResumed() {
        if (!repeats.isEmpty()) {
            received = handled - repeats.first() > 0 ? handled : repeats.first();
            repeats.safeUpTo(received);
        }
    }

    /** Notes that it was resumed: the server was told of all that is counted, and takes no lower count any more. */
    public void resumed() {
        handledUpTo(received);
    }

    /** {@return whether the server sends again what has come already} */
    public boolean hasRepeats() {
        return !repeats.isEmpty();
    }

    /**
     * Notes that the server was heard.
     *
     * @param now the loop's time in nanoseconds
     */
    public void heard(long now) {
        lastHeard = now;
    }

    /**
     * Notes that the server will not resume this session. What it said it has outlives the attempt in which it said so.
     *
     * @param count how many of our stanzas it has, if it said so
     */
    public void refused(OptionalInt count) {
        refused = true;
        kept = count;
    }

    /** {@return how many of our stanzas the server has, where it said so when it refused to resume} */
    public OptionalInt kept() {
        return kept;
    }

    /**
     * {@return whether it is of use to ask for resumption: the server gave an id, and has not forgotten it by now}
     *
     * @param now the loop's time in nanoseconds
     */
    public boolean resumable(long now) {
        return id != null && !refused && (max == null || now - lastHeard <= max.toNanos());
    }

    /** {@return a text without the id} */
    @Override
    public String toString() {
        return "SmSession[resumable=" + (id != null) + ", received=" + Integer.toUnsignedString(received) + "]";
    }
}
