package org.partyline.examples.operator.book;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.audit.AuditEntry;
import org.partyline.examples.operator.audit.AuditReader;
import org.partyline.examples.operator.audit.EntryRefusedException;

/**
 * Every license, as the log tells: the fold of its entries, in order. There is no other record of what is so.
 *
 * <p>Entries whose events are not about a license's state are none of its business.
 */
public final class Book implements AuditReader {
    /** The event that a log begins with. */
    static final String OPENED = "operator.opened";

    private final Map<String, License> licenses = new LinkedHashMap<>();
    private @Nullable String network;

    /** An empty book, for a log to be read into. */
    public Book() {}

    private Book(Book other) {
        licenses.putAll(other.licenses);
        network = other.network;
    }

    @Override
    public void read(AuditEntry entry) throws EntryRefusedException {
        if (entry.event().equals(OPENED)) {
            open(entry);
        } else if (network == null) {
            throw new EntryRefusedException("the log does not begin by saying whose it is");
        } else if (Action.isReserved(entry.event())) {
            LicenseEvent event = EventJson.read(entry);
            try {
                add(event);
            } catch (IllegalTransition e) {
                throw new EntryRefusedException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** {@return the network that licenses are for; empty before the log says so} */
    public Optional<String> network() {
        return Optional.ofNullable(network);
    }

    /**
     * {@return a license as of a time, if there is one of that id}
     *
     * @param id the license's id
     * @param time the time; not before the last entry's
     */
    public Optional<License> license(String id, Instant time) {
        return Optional.ofNullable(licenses.get(id)).map(each -> each.at(time));
    }

    /**
     * {@return all licenses as of a time, in the order in which they were applied for}
     *
     * @param time the time; not before the last entry's
     */
    public List<License> licenses(Instant time) {
        return licenses.values().stream().map(each -> each.at(time)).toList();
    }

    Book copy() {
        return new Book(this);
    }

    /** Takes an event, or leaves all as it is. */
    License add(LicenseEvent event) throws IllegalTransition {
        License after = Transitions.after(licenses.get(event.license()), event);
        Submission submission = event.details().submission();
        if (submission != null) {
            checkSubmission(event, submission);
        }
        licenses.put(after.id(), after);
        return after;
    }

    private void open(AuditEntry entry) throws EntryRefusedException {
        if (network != null) {
            throw new EntryRefusedException("the log begins a second time");
        }
        network = entry.members()
                .text("network")
                .orElseThrow(() -> new EntryRefusedException("it does not name the network"));
    }

    private void checkSubmission(LicenseEvent event, Submission submission) throws IllegalTransition {
        for (License other : licenses.values()) {
            if (other.state() == LicenseState.REVOKED
                    && other.submission().keys().stream().anyMatch(submission.keys()::contains)) {
                throw new IllegalTransition(event, "one of its keys was that of " + other.id() + ", which is revoked");
            }
            if (!other.id().equals(event.license())
                    && !other.state().terminal()
                    && other.submission().product().equals(submission.product())) {
                throw new IllegalTransition(
                        event,
                        submission.product() + " has " + other.id() + " already, which is "
                                + other.at(event.time()).state());
            }
        }
    }
}
