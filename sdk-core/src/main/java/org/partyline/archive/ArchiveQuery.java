package org.partyline.archive;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;

/**
 * Asks for a page of an archive: {@code ArchiveQuery.all().with(romeo).since(yesterday).pageSize(50)}. A value, so it can be kept,
 * and asked again. Without more said, the page is the one with the oldest messages of all.
 *
 * <p>A range of ids that is open towards where the page is taken from, {@link #before(String)} without {@link #latest()} or
 * {@link #after(String)} with it, needs {@code urn:xmpp:mam:2#extended} of the server, which Prosody has and ejabberd 23.01 has
 * not. So does a range between two ids.
 *
 * @param archive whose archive, or null for the account's own
 * @param peer with whom, or null for all
 * @param since from when on, or null for the beginning
 * @param until until when, or null for the end
 * @param afterId the id that an archive gave to the message after which the page may begin, or null
 * @param beforeId the id that an archive gave to the message before which the page has to end, or null
 * @param backwards whether the page is taken from the end of what matches
 * @param pageSize how many messages the page may have, 1 to 250; the server may give fewer
 */
public record ArchiveQuery(
        @Nullable Jid archive,
        @Nullable Jid peer,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String afterId,
        @Nullable String beforeId,
        boolean backwards,
        int pageSize) {
    /** Messages of a page if nothing is said (L37). */
    public static final int DEFAULT_PAGE_SIZE = 100;
    /** The most messages that can be asked for at once (L37). */
    public static final int MAX_PAGE_SIZE = 250;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final ArchiveQuery ALL =
            new ArchiveQuery(null, null, null, null, null, null, false, DEFAULT_PAGE_SIZE);

    /** Checks what can be checked. */
    public ArchiveQuery {
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE_SIZE + " messages: " + pageSize);
        }
        requireTime(since);
        requireTime(until);
        requireId(afterId);
        requireId(beforeId);
    }

    private static void requireTime(@Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw new IllegalArgumentException("not a time from 1970 to 9999: " + time);
        }
    }

    private static void requireId(@Nullable String id) {
        if (id != null && id.isEmpty()) {
            throw new IllegalArgumentException("an id is not empty");
        }
    }

    /** {@return a query for all messages of the account's own archive} */
    public static ArchiveQuery all() {
        return ALL;
    }

    /**
     * {@return a query for all messages of somebody's archive}
     *
     * @param archive whose: its bare address
     */
    public static ArchiveQuery of(Jid archive) {
        return new ArchiveQuery(
                Objects.requireNonNull(archive, "archive"), null, null, null, null, null, false, DEFAULT_PAGE_SIZE);
    }

    /**
     * {@return the same for messages from and to somebody alone}
     *
     * @param address who: a bare address stands for all devices of the account. The account's own asks for what it sent to itself
     */
    public ArchiveQuery with(Jid address) {
        Objects.requireNonNull(address, "address");
        return new ArchiveQuery(archive, address, since, until, afterId, beforeId, backwards, pageSize);
    }

    /**
     * {@return the same for messages from some time on}
     *
     * @param time when, to the millisecond; an archive that keeps whole seconds counts a message to the beginning of its second
     * @throws IllegalArgumentException if it is not from 1970 to 9999
     */
    public ArchiveQuery since(Instant time) {
        Objects.requireNonNull(time, "time");
        return new ArchiveQuery(archive, peer, time, until, afterId, beforeId, backwards, pageSize);
    }

    /**
     * {@return the same for messages up to some time}
     *
     * @param time when, to the millisecond
     * @throws IllegalArgumentException if it is not from 1970 to 9999
     */
    public ArchiveQuery until(Instant time) {
        Objects.requireNonNull(time, "time");
        return new ArchiveQuery(archive, peer, since, time, afterId, beforeId, backwards, pageSize);
    }

    /**
     * {@return the same for what follows a message}
     *
     * @param id the archive's id of the message
     * @throws IllegalArgumentException if it is empty
     */
    public ArchiveQuery after(String id) {
        Objects.requireNonNull(id, "id");
        return new ArchiveQuery(archive, peer, since, until, id, beforeId, backwards, pageSize);
    }

    /**
     * {@return the same for what precedes a message; with {@link #latest()}, the page is the one next to it}
     *
     * @param id the archive's id of the message
     * @throws IllegalArgumentException if it is empty
     */
    public ArchiveQuery before(String id) {
        Objects.requireNonNull(id, "id");
        return new ArchiveQuery(archive, peer, since, until, afterId, id, backwards, pageSize);
    }

    /** {@return the same, with the page taken from the end of what matches: its latest messages, still oldest first} */
    public ArchiveQuery latest() {
        return new ArchiveQuery(archive, peer, since, until, afterId, beforeId, true, pageSize);
    }

    /**
     * {@return the same with pages of another size}
     *
     * @param messages how many messages a page may have, 1 to 250
     * @throws IllegalArgumentException if it is another number
     */
    public ArchiveQuery pageSize(int messages) {
        return new ArchiveQuery(archive, peer, since, until, afterId, beforeId, backwards, messages);
    }
}
