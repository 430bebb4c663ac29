package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.partyline.client.ChatClient;
import org.partyline.message.DeliveryState;
import org.partyline.message.DisplayedMarker;
import org.partyline.message.Message;
import org.partyline.message.SentMessage;
import org.partyline.presence.PresenceUpdate;
import org.partyline.presence.SubscriptionRequest;

/** A client by other people, slixmpp, on the other side of the server. */
interface SlixmppTests extends InteropTests {

    @Test
    default void slixmpp_talksWithUs_bothWays() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        EventLog<Message> inbox = EventLog.of(juliet.messages().incoming());
        EventLog<PresenceUpdate> presences = EventLog.of(juliet.presence().updates());
        EventLog<SubscriptionRequest> requests = EventLog.of(juliet.presence().requests());
        EventLog<DisplayedMarker> markers = EventLog.of(juliet.messages().displayedMarkers());
        Account account = interop().account("slix");

        try (Slixmpp peer = Slixmpp.start(interop().server, account, Interop.bare(juliet))) {
            requests.await("request", each -> each.from().bare().equals(account.jid()));
            Interop.await(juliet.presence().approve(account.jid()));
            Message greeting = inbox.await("greeting", each -> each.body().startsWith("hello from slixmpp"));
            assertEquals(account.jid(), greeting.from().bare());

            Interop.await(juliet.roster().add(account.jid(), "Slix"));
            presences.await(
                    "presence of slixmpp",
                    each -> each.from().bare().equals(account.jid())
                            && each.presence().isAvailable());

            SentMessage sent = Interop.await(juliet.messages()
                    .to(account.jid())
                    .body("grüße an die Schlange \uD83D\uDC0D")
                    .requestReceipt()
                    .requestDisplayed()
                    .send());
            inbox.await("echo", each -> each.body().equals("you said: grüße an die Schlange \uD83D\uDC0D"));
            Interop.await(sent.delivered());
            peer.awaitLine("receipt for the greeting");

            markers.await("marker", each -> each.messageId().equals(sent.id()));
            assertEquals(DeliveryState.DISPLAYED, sent.state());
            assertTrue(greeting.markable());
            assertTrue(Interop.await(juliet.messages().markDisplayed(greeting)));
            peer.awaitLine("the greeting was displayed");
        }
    }
}
