package org.partyline.examples.chat;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.message.ChatState;
import org.partyline.roster.Subscription;
import org.partyline.session.ConnectionState;

/** Tells the other side when this user types, and when not any more (XEP-0085). Used by the session's thread alone. */
final class Typing {
    private static final int PAUSE_SECONDS = 5;

    private final Session session;
    private final ScheduledExecutorService timer;
    private @Nullable Jid told;
    private @Nullable ScheduledFuture<?> pause;

    Typing(Session session, ScheduledExecutorService timer) {
        this.session = session;
        this.timer = timer;
    }

    /** The line being typed is this now. */
    void onTyped(String line) {
        Jid to = session.conversations().current().map(Conversation::with).orElse(null);
        boolean typing = !line.isBlank() && !line.startsWith("/");
        if (to == null || !typing) {
            stop(ChatState.ACTIVE);
            return;
        }
        if (!mayKnow(to)) {
            return;
        }
        if (told != null && !told.equals(to)) {
            stop(ChatState.ACTIVE);
        }
        if (told == null) {
            tell(to, ChatState.COMPOSING);
            told = to;
        }
        if (pause != null) {
            pause.cancel(false);
        }
        pause = timer.schedule(() -> stop(ChatState.PAUSED), PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    /** The message went out, and told by itself that this user is active. */
    void onSaid() {
        told = null;
        stop(ChatState.ACTIVE);
    }

    private void stop(ChatState state) {
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
        if (told != null) {
            tell(told, state);
            told = null;
        }
    }

    private void tell(Jid to, ChatState state) {
        if (session.client().state() == ConnectionState.ONLINE) {
            // A notice that comes too late is of no use, so what becomes of it does not matter.
            session.client().messages().chatState(to, state);
        }
    }

    /** A notice tells that this user is there, so it goes only to who may see that, or has been answered. */
    private boolean mayKnow(Jid to) {
        return session.conversations().with(to).answered()
                || session.client()
                        .roster()
                        .contact(to)
                        .filter(contact -> contact.subscription() == Subscription.FROM
                                || contact.subscription() == Subscription.BOTH)
                        .isPresent();
    }
}
