package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where messages go (RFC 6121 section 8.5), copies for other devices (XEP-0280), and messages that wait (XEP-0160). */
class MessagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CARBONS = "<iq type='set' id='c'><enable xmlns='urn:xmpp:carbons:2'/></iq>";

    private final TestNetwork network =
            TestNetwork.builder().unacknowledgedStanzas(20).start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void message_toTheBareAddress_goesToTheMostAvailable_andNeverBelowZero() throws Exception {
        try (RawClient sender = RawClient.online(network, juliet, "balcony");
                RawClient high = RawClient.available(network, romeo, "high");
                RawClient low = RawClient.available(network, romeo, "low");
                RawClient hidden = RawClient.available(network, romeo, "hidden")) {
            high.send("<presence><priority>5</priority></presence>");
            hidden.send("<presence><priority>-1</priority></presence>");
            high.untilPong();
            hidden.untilPong();
            low.untilPong();

            sender.say(romeo.jid(), "m1");
            sender.untilPong();
            assertTrue(high.untilPong().contains("<body>m1</body>"));
            assertFalse(low.untilPong().contains("<body>"));
            high.send("</stream:stream>");
            low.send("</stream:stream>");
            high.awaitEnd();
            low.awaitEnd();
            sender.say(romeo.jid(), "m2");
            sender.untilPong();

            assertFalse(hidden.untilPong().contains("<body>"));
            assertEquals(1, network.offlineMessages(romeo));
        }
    }

    @Test
    void message_toWhoIsNotThere_isAnsweredByItsKind() throws Exception {
        try (RawClient sender = RawClient.online(network, juliet, "balcony")) {
            for (String address : new String[] {"nobody@chat.test", "chat.test", "a@elsewhere.example", "@chat.test"}) {
                sender.say(address, "anybody?");
                assertTrue(sender.awaitElement("message").contains("type='error'"), address);
            }
            sender.send("<message type='groupchat' to='romeo@chat.test'><body>x</body></message>");
            assertTrue(sender.awaitElement("message").contains("<service-unavailable"));
            sender.send("<message type='headline' to='romeo@chat.test'><body>x</body></message>"
                    + "<message type='error' to='romeo@chat.test'><body>x</body></message>");
            assertEquals("", sender.untilPong());
            assertEquals(0, network.offlineMessages(romeo));
        }
    }

    @Test
    void message_toWhoIsOffline_waits_isMarked_andComesOnce() throws Exception {
        try (RawClient sender = RawClient.online(network, juliet, "balcony")) {
            sender.say(romeo.jid(), "m1");
            sender.say(romeo.jid() + "/gone", "m2");
            sender.send(
                    "<message type='chat' to='romeo@chat.test'><body>m3</body><no-store xmlns='urn:xmpp:hints'/></message>"
                            + "<message type='chat' to='romeo@chat.test'>"
                            + "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
            sender.untilPong();
            assertEquals(2, network.offlineMessages(romeo));

            try (RawClient receiver = RawClient.available(network, romeo, "orchard")) {
                String waiting = receiver.untilPong();
                receiver.send("<presence/>");
                String again = receiver.untilPong();

                assertTrue(waiting.matches("(?s).*m1.*<delay .*from='chat.test'.*m2.*<delay .*"), waiting);
                assertFalse(waiting.contains("m3") || waiting.contains("composing"), waiting);
                assertFalse(again.contains("<body>"), again);
                assertEquals(0, network.offlineMessages(romeo));
            }
        }
    }

    /** More messages wait than a client may leave unconfirmed: the session ends, and none of them is lost. */
    @Test
    void messagesThatWait_overflowingTheSession_goOnWaiting_inTheirOrder() throws Exception {
        try (RawClient sender = RawClient.online(network, juliet, "balcony")) {
            for (int i = 10; i < 40; i++) {
                sender.say(romeo.jid(), "m" + i);
            }
            sender.untilPong();
            try (RawClient receiver = RawClient.online(network, romeo, "orchard")) {
                receiver.enableManagement();
                receiver.send("<presence/>");
                assertTrue(receiver.awaitEnd().contains("<policy-violation"));
            }
            assertEquals(30, network.offlineMessages(romeo));
            try (RawClient receiver = RawClient.available(network, romeo, "orchard")) {
                String waiting = receiver.untilPong();
                int last = -1;
                for (int i = 10; i < 40; i++) {
                    int at = waiting.indexOf("<body>m" + i + "</body>");
                    assertTrue(at > last, "m" + i);
                    last = at;
                }
            }
        }
    }

    @Test
    void carbons_copyWhatCameAndWhatWasSaid_butNothingPrivate() throws Exception {
        try (RawClient peer = RawClient.available(network, juliet, "balcony");
                RawClient phone = RawClient.available(network, romeo, "phone");
                RawClient desk = RawClient.available(network, romeo, "desk")) {
            desk.send(CARBONS);
            phone.untilPong();
            desk.untilPong();

            peer.say(romeo.jid() + "/phone", "m1");
            peer.send("<message type='chat' to='romeo@chat.test/phone'><body>m2</body>"
                    + "<private xmlns='urn:xmpp:carbons:2'/></message>");
            peer.untilPong();
            String original = phone.untilPong();
            String received = desk.untilPong();
            phone.say(juliet.jid(), "m3");
            phone.untilPong();
            String sent = desk.untilPong();

            assertTrue(original.contains("m1") && original.contains("m2"), original);
            assertFalse(original.contains("carbons"), original);
            assertTrue(
                    received.matches(
                            "(?s).*<message from='romeo@chat.test' .*<received xmlns='urn:xmpp:carbons:2'>.*m1.*"),
                    received);
            assertFalse(received.contains("m2"), received);
            assertTrue(sent.matches("(?s).*<sent xmlns='urn:xmpp:carbons:2'>.*m3.*"), sent);
        }
    }

    /** What two devices got is no loss when one of them goes without having confirmed it. */
    @Test
    void messages_thatAnotherDeviceConfirmed_areNotSentAgain_whenOneBreaksOff() throws Exception {
        try (RawClient peer = RawClient.online(network, juliet, "balcony");
                RawClient phone = RawClient.available(network, romeo, "phone");
                RawClient desk = RawClient.available(network, romeo, "desk")) {
            phone.send(CARBONS + "<enable xmlns='urn:xmpp:sm:3'/>");
            desk.send(CARBONS);
            phone.untilPong();
            desk.untilPong();
            peer.say(romeo.jid(), "to both");
            peer.say(romeo.jid() + "/desk", "to one, copied to the other");
            peer.untilPong();
            String before = desk.untilPong();

            network.faults(romeo).cutAfterReceived(1);
            phone.send("<presence><show>away</show></presence>");
            network.await(now -> now.sessionsOnline() == 2, PATIENCE);

            String after = desk.untilPong();
            assertEquals(2, before.split("<body>", -1).length - 1, before);
            assertFalse(after.contains("<body>"), after);
            assertEquals(0, network.offlineMessages(romeo));
        }
    }

    @Test
    void messages_thatNoDeviceConfirmed_waitOnce_whenAllBreakOff() throws Exception {
        try (RawClient peer = RawClient.online(network, juliet, "balcony");
                RawClient phone = RawClient.available(network, romeo, "phone");
                RawClient desk = RawClient.available(network, romeo, "desk")) {
            phone.send(CARBONS + "<enable xmlns='urn:xmpp:sm:3'/>");
            desk.send(CARBONS + "<enable xmlns='urn:xmpp:sm:3'/>");
            phone.untilPong();
            desk.untilPong();
            peer.say(romeo.jid(), "to both");
            peer.say(romeo.jid() + "/desk", "to one, copied to the other");
            peer.untilPong();

            network.faults(romeo).cut();

            network.await(now -> now.sessionsOnline() == 1, PATIENCE);
            assertEquals(2, network.offlineMessages(romeo));
        }
    }

    @Test
    void clientState_inactive_holdsPresenceAndChatStatesBack_untilSomethingMatters() throws Exception {
        try (RawClient peer = RawClient.online(network, juliet, "balcony");
                RawClient client = RawClient.online(network, romeo, "orchard")) {
            client.send("<inactive xmlns='urn:xmpp:csi:0'/>");
            client.untilPong();
            peer.send("<presence to='romeo@chat.test/orchard'><show>away</show></presence>"
                    + "<presence to='romeo@chat.test/orchard'><show>dnd</show></presence>");
            peer.untilPong();
            assertTrue(client.staysQuiet());

            peer.say(romeo.jid() + "/orchard", "m1");

            String all = client.awaitMatch("(?s).*</message>");
            assertTrue(all.matches("(?s).*<show>dnd</show>.*m1.*"), all);
            assertFalse(all.contains("away"), all);
        }
    }

    @Test
    void discovery_tellsTheServerFromAccounts_whateverTheSpelling() throws Exception {
        String query = "<iq type='get' id='d'%s><query xmlns='http://jabber.org/protocol/disco#info'/></iq>";
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.send(query.formatted(" to='Chat.Test'"));
            String server = client.awaitElement("iq");
            client.send(query.formatted(""));
            String account = client.awaitElement("iq");

            assertTrue(server.contains("<identity category='server' type='im'"), server);
            assertTrue(account.contains("<identity category='account' type='registered'"), account);
        }
    }

    @Test
    void sink_countsMessages_andDropsThem() throws Exception {
        TestAccount sink = network.sink("sink");
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.say(sink.jid(), "one");
            client.say(sink.jid() + "/anywhere", "two");
            client.untilPong();

            assertEquals(2, network.swallowed(sink));
            assertEquals(0, network.offlineMessages(sink));
        }
    }
}
