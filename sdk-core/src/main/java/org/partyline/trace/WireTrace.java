package org.partyline.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The last of what went over a client's wire, to be attached to a report of a defect: what was sent and received, and how
 * its connections came and went. Got from {@code ChatClient.trace()}; a snapshot, which later traffic does not change. Safe
 * for use by many threads.
 *
 * <p>It is safe to be shown by default: what proves an account or gives access is never in it, and of what people wrote only
 * lengths are, in UTF-16 units. Addresses, ids, and the names of elements are there, so that it tells who spoke to whom, and
 * when.
 *
 * <p>All of it can be printed: control characters, characters that turn the direction of writing, and line breaks of the
 * peer's are written by number.
 */
public interface WireTrace {

    /** The most elements and events that a client may be told to keep. */
    int MAX_ELEMENTS = 10_000;

    /** {@return what was kept, oldest first; unmodifiable, and empty where no trace is kept} Made anew at each call. */
    List<Entry> entries();

    /** {@return how many older entries had to give way} */
    long dropped();

    /**
     * {@return the same trace with or without what people wrote} With it, the texts of messages, subjects, presence and
     * nicknames are there; what an extension carries is not, and neither is the text of a stanza that was too long to be kept
     * whole. What is secret stays away either way.
     *
     * @param bodies whether such texts are shown; they are not unless this is called
     */
    WireTrace withBodies(boolean bodies);

    /** {@return all entries as lines for people, XML indented, ended by line feeds} */
    String text();

    /** What an entry is. */
    enum Kind {
        /** This client sent it. It was handed to the connection; it may not have reached the server. */
        SENT,
        /** It came from the server. */
        RECEIVED,
        /** Something happened to a connection: it was made, secured, or ended. */
        EVENT
    }

    /**
     * One element, one tag that opens or closes a stream, or one event.
     *
     * @param time when, by the system's clock
     * @param elapsed how long after the client was made, by a clock that never steps
     * @param kind what it is
     * @param connection which attempt to connect it belongs to; they are counted from 1
     * @param text indented XML, or a sentence about an event; without what is secret
     */
    record Entry(Instant time, Duration elapsed, Kind kind, int connection, String text) {}
}
