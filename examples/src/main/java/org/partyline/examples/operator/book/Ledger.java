package org.partyline.examples.operator.book;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.audit.AuditDraft;
import org.partyline.examples.operator.audit.AuditEntry;
import org.partyline.examples.operator.audit.AuditLog;
import org.partyline.examples.operator.audit.Checkpoint;
import org.partyline.examples.operator.audit.EntryRefusedException;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;

/** The book, open for writing: what cannot happen is not written, and what is written has happened. */
public final class Ledger implements AutoCloseable {
    private final AuditLog log;
    private final Book book;

    private Ledger(AuditLog log, Book book) {
        this.log = log;
        this.book = book;
    }

    /**
     * Something to be done about a license.
     *
     * @param license the license's id
     * @param action what is to be done
     * @param actor who does it
     * @param details what is told with it
     */
    public record Deed(String license, Action action, Actor actor, Details details) {}

    /**
     * {@return the book whose log is in a file}
     *
     * @param file the log
     * @param clock tells the time
     * @throws IOException if the log is in use, broken, or cannot be read or written
     */
    public static Ledger open(Path file, Clock clock) throws IOException {
        Book book = new Book();
        return new Ledger(AuditLog.open(file, clock, book), book);
    }

    /**
     * Begins a log.
     *
     * @param network the network that licenses are for
     * @param actor who begins it
     * @throws IOException if it was begun before, or cannot be written
     */
    public void begin(String network, Actor actor) throws IOException {
        if (log.checkpoint().isPresent()) {
            throw new IOException("these books were begun before");
        }
        write(
                List.of(new AuditDraft(
                        Book.OPENED,
                        Obj.EMPTY.with("actor", Json.of(actor.toString())).with("network", Json.of(network)))),
                log.time());
    }

    /** {@return the book as it is now} */
    public Book book() {
        return book;
    }

    /**
     * {@return the time that something done now would have}
     *
     * @throws IOException if the clock is behind the log
     */
    public Instant time() throws IOException {
        return log.time();
    }

    /** {@return the last entry's place and hash, if there is an entry} */
    public Optional<Checkpoint> checkpoint() {
        return log.checkpoint();
    }

    /**
     * Does one thing.
     *
     * @param deed what is to be done
     * @param via who writes it down for the actor, or {@code null}
     * @return the license after it
     * @throws IllegalTransition if it cannot be done; then nothing is written
     * @throws IOException if it cannot be written; then it has not happened
     */
    public License record(Deed deed, @Nullable Actor via) throws IllegalTransition, IOException {
        return record(List.of(deed), via).get(0);
    }

    /**
     * Does several things, all of them or none.
     *
     * @param deeds what is to be done, in order
     * @param via who writes it down for the actors, or {@code null}
     * @return the licenses after each of them
     * @throws IllegalTransition if one of them cannot be done; then nothing is written
     * @throws IOException if they cannot be written; then none has happened
     */
    public List<License> record(List<Deed> deeds, @Nullable Actor via) throws IllegalTransition, IOException {
        Instant time = log.time();
        List<LicenseEvent> events = events(deeds, time);
        List<License> after = foresee(events);
        write(events.stream().map(each -> EventJson.write(each, via)).toList(), time);
        return after;
    }

    /**
     * Does nothing, but makes sure that something could be done now.
     *
     * @param deeds what is to be done, in order
     * @throws IllegalTransition if one of them cannot be done
     * @throws IOException if the clock is behind the log
     */
    public void check(List<Deed> deeds) throws IllegalTransition, IOException {
        foresee(events(deeds, log.time()));
    }

    private List<License> foresee(List<LicenseEvent> events) throws IllegalTransition {
        Book ahead = book.copy();
        List<License> after = new ArrayList<>();
        for (LicenseEvent event : events) {
            after.add(ahead.add(event));
        }
        return after;
    }

    private static List<LicenseEvent> events(List<Deed> deeds, Instant time) {
        return deeds.stream()
                .map(each -> new LicenseEvent(each.license(), each.action(), each.actor(), time, each.details()))
                .toList();
    }

    /** Lets the next one write. */
    @Override
    public void close() throws IOException {
        log.close();
    }

    // The book learns what was written from the entries themselves, as it will the next time that the log is read.
    private void write(List<AuditDraft> drafts, Instant time) throws IOException {
        for (AuditEntry entry : log.append(drafts, time)) {
            try {
                book.read(entry);
            } catch (EntryRefusedException e) {
                throw new AssertionError("written, and not to be read", e);
            }
        }
    }
}
