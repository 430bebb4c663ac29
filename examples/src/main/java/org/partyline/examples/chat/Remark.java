package org.partyline.examples.chat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.partyline.message.SentMessage;

/**
 * One thing that was said.
 *
 * @param at when
 * @param own whether this user said it
 * @param text what; foreign unless own
 * @param sent how far it has come, if this client sent it
 */
record Remark(
        Instant at, boolean own, String text, @Nullable SentMessage sent) {

    /** {@return a word for how far it has come, or nothing} */
    String mark() {
        if (sent == null) {
            return "";
        }
        return switch (sent.state()) {
            case QUEUED -> "waiting to be sent";
            case SENT -> "sent";
            case SERVER_ACKED, ARCHIVED -> "the server has it";
            case DELIVERED -> "delivered";
            case DISPLAYED -> "shown";
            case REFUSED -> "refused";
            case CANCELLED, EXPIRED -> "not sent";
            case UNCERTAIN -> "nobody knows whether it was sent";
        };
    }
}
