package org.partyline.message;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;

/**
 * A message that arrived, or that another device of this account sent.
 *
 * @param id the sender's id for it, or null if it has none
 * @param type what it is for
 * @param from who sent it
 * @param to whom it was sent to
 * @param bodies the text by language tag; the empty tag is the default; never empty
 * @param subjects the subject by language tag; may be empty
 * @param threadId the thread's id, or null
 * @param parentThreadId the id of the thread that this one came from, or null
 * @param sentAt when it was sent: the server's stamp where it was delayed (XEP-0203), else when it arrived
 * @param delayed whether it was held back on its way
 * @param carbon whether it is a copy for this device (XEP-0280)
 * @param receiptRequested whether the sender asked for a receipt (XEP-0184); the answer is given by the library
 * @param markable whether the sender asked to be told when it is displayed (XEP-0333); the application says so, by
 *     {@link Messages#markDisplayed}
 */
public record Message(
        @Nullable String id,
        MessageType type,
        Jid from,
        Jid to,
        Map<String, String> bodies,
        Map<String, String> subjects,
        @Nullable String threadId,
        @Nullable String parentThreadId,
        Instant sentAt,
        boolean delayed,
        boolean carbon,
        boolean receiptRequested,
        boolean markable) {

    /** Copies the maps. */
    public Message {
        bodies = Map.copyOf(bodies);
        subjects = Map.copyOf(subjects);
    }

    /** {@return the text in the default language, else in any; empty if there is none} */
    public String body() {
        return pick(bodies);
    }

    /**
     * {@return the text in a language}
     *
     * @param language a BCP 47 tag
     */
    public Optional<String> body(String language) {
        return Optional.ofNullable(bodies.get(language));
    }

    /** {@return the subject in the default language, else in any} */
    public Optional<String> subject() {
        return subjects.isEmpty() ? Optional.empty() : Optional.of(pick(subjects));
    }

    /** {@return the thread's id} */
    public Optional<String> thread() {
        return Optional.ofNullable(threadId);
    }

    private static String pick(Map<String, String> texts) {
        String text = texts.get("");
        return text != null ? text : texts.values().stream().findFirst().orElse("");
    }

    /** {@return a text without any body} */
    @Override
    public String toString() {
        return "Message[" + type + " " + id + " from " + from + " to " + to + "]";
    }
}
