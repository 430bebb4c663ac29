package org.partyline.examples.chat;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.NotConnectedException;
import org.partyline.message.SentMessage;

/** Says what this user says, and follows how far it comes. */
final class Speech {
    private final Session session;
    private final Clock clock;

    Speech(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /** {@return completes once the message is in the outbox, from where it goes out now or once there is a connection} */
    CompletableFuture<Void> say(Jid to, String text) throws CommandException {
        CompletableFuture<SentMessage> accepted;
        try {
            accepted = session.client()
                    .messages()
                    .to(to)
                    .body(text)
                    .requestReceipt()
                    .requestDisplayed()
                    .send();
        } catch (IllegalArgumentException e) {
            throw new CommandException("the text has a character that cannot be sent.");
        }
        return accepted.thenAccept(sent -> {
            Conversation conversation = session.conversations().with(to);
            Remark remark = new Remark(clock.instant(), true, text, sent);
            conversation.add(remark);
            boolean here = session.conversations().isCurrent(conversation);
            session.screen()
                    .says(
                            here
                                    ? Session.self()
                                    : Session.self() + " to " + session.people().name(to),
                            remark,
                            "");
            session.refresh();
            sent.acknowledged().whenComplete((done, failure) -> session.refresh());
            sent.delivered().whenComplete((done, failure) -> onOutcome(to, failure));
        });
    }

    private void onOutcome(Jid to, @Nullable Throwable failure) {
        if (failure == null) {
            if (!session.screen().view().hasStatus()) {
                session.screen().tell("delivered to " + session.people().name(to));
            }
        } else if (!(failure
                instanceof NotConnectedException)) { // at the end nothing more is heard; the count is told there
            session.screen().error(failure);
        }
        session.refresh();
    }
}
