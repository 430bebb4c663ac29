package org.partyline.examples.chat;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.NotConnectedException;
import org.partyline.examples.text.ForeignText;
import org.partyline.message.ChatState;
import org.partyline.message.ChatStateChange;
import org.partyline.message.Message;
import org.partyline.presence.Presence;
import org.partyline.presence.PresenceUpdate;
import org.partyline.presence.SubscriptionRequest;
import org.partyline.roster.Contact;
import org.partyline.roster.RosterChange;
import org.partyline.roster.Subscription;
import org.partyline.stream.EventStream;

/** Shows what comes in. */
final class Events {
    private static final int MOST_REMEMBERED = 5_000;

    private final Session session;
    private final Runnable messageCame;
    private final Map<Jid, Presence> shown = new HashMap<>();
    private final Map<Jid, Subscription> subscriptions = new HashMap<>();

    /**
     * Makes the listener.
     *
     * @param session the session
     * @param messageCame is run after each message that was shown
     */
    Events(Session session, Runnable messageCame) {
        this.session = session;
        this.messageCame = messageCame;
    }

    void listen() {
        on(session.client().messages().incoming(), this::onMessage);
        on(session.client().messages().sentElsewhere(), this::onSentElsewhere);
        on(session.client().messages().chatStates(), this::onChatState);
        on(session.client().presence().updates(), this::onPresence);
        on(session.client().presence().requests(), this::onRequest);
        on(session.client().roster().changes(), this::onRosterChange);
    }

    private <T> void on(EventStream<T> events, Consumer<T> show) {
        events.subscribe(event -> {
            try {
                show.accept(event);
                session.refresh();
            } catch (RuntimeException e) {
                session.screen().error(e); // a mistake in this program; the user hears of it rather than nobody
            }
        });
    }

    private void onMessage(Message message) {
        Jid from = message.from().bare();
        Conversation conversation = session.conversations().with(from);
        if (session.conversations().current().isEmpty()) {
            session.conversations().enter(from);
        }
        conversation.typing(false);
        String subject = message.subject().map(text -> "[" + text + "] ").orElse("");
        Remark remark = new Remark(message.sentAt(), false, subject + message.body(), null);
        conversation.add(remark);
        String who = session.people().name(from) + (session.people().isContact(from) ? "" : " (not a contact)");
        session.screen().says(who, remark, message.delayed() ? "while you were away" : "");
        if (!session.conversations().isCurrent(conversation)) {
            conversation.countUnread();
        }
        session.client().messages().markDisplayed(message).whenComplete((told, failure) -> onMarked(failure));
        messageCame.run();
    }

    private void onMarked(@Nullable Throwable failure) {
        if (failure != null && !(failure instanceof NotConnectedException)) { // nobody waits for a marker
            session.screen().error(failure);
        }
    }

    private void onSentElsewhere(Message message) {
        Jid to = message.to().bare();
        Remark remark = new Remark(message.sentAt(), true, message.body(), null);
        session.conversations().with(to).add(remark);
        session.screen().says(Session.self() + " to " + session.people().name(to), remark, "from another device");
    }

    private void onChatState(ChatStateChange change) {
        session.conversations().find(change.from()).ifPresent(conversation -> {
            boolean typing = change.state() == ChatState.COMPOSING;
            if (typing && !conversation.typing() && !session.screen().view().hasStatus()) {
                session.screen().tell(session.people().name(change.from()) + " is typing");
            }
            conversation.typing(typing);
            if (change.state() == ChatState.GONE) {
                session.screen().tell(session.people().name(change.from()) + " has left the conversation");
            }
        });
    }

    private void onPresence(PresenceUpdate update) {
        Jid who = update.from().bare();
        if (session.client().self().map(Jid::bare).filter(who::equals).isPresent()) {
            return; // own devices
        }
        Presence now = session.client().presence().of(who);
        Presence before = shown.getOrDefault(who, Presence.offline());
        if (!People.words(now).equals(People.words(before))) {
            if (shown.size() < MOST_REMEMBERED || shown.containsKey(who)) {
                shown.put(who, now);
            }
            session.screen().tell(session.people().name(who) + " is " + People.words(now));
        }
    }

    private void onRequest(SubscriptionRequest request) {
        if (session.requests().add(request.from())) {
            String address = session.people().address(request.from());
            session.screen()
                    .notice(address + " asks to see when you are there"
                            + request.text()
                                    .map(text -> ": \"" + ForeignText.line(text) + "\"")
                                    .orElse("")
                            + ". /accept " + address + "  or  /deny " + address);
        }
    }

    private void onRosterChange(RosterChange change) {
        Contact contact = change.contact();
        String who = session.people().name(contact.jid());
        if (change.kind() == RosterChange.Kind.REMOVED) {
            subscriptions.remove(contact.jid());
            session.screen().tell(who + " is off your contact list");
            return;
        }
        Subscription before = subscriptions.put(contact.jid(), contact.subscription());
        if (change.kind() == RosterChange.Kind.UPDATED && before != null) {
            boolean saw = before == Subscription.TO || before == Subscription.BOTH;
            boolean sees = contact.subscription() == Subscription.TO || contact.subscription() == Subscription.BOTH;
            if (sees && !saw) {
                session.screen().good(who + " lets you see when they are there");
            } else if (saw && !sees) {
                session.screen().tell(who + " does not let you see any more when they are there");
            }
        }
    }
}
