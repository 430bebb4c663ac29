package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Roster, subscriptions and presence (RFC 6121 sections 2 to 4), and the block list (XEP-0191). */
class ContactsTest {
    private static final String GET_ROSTER = "<iq type='get' id='r'><query xmlns='jabber:iq:roster'%s/></iq>";

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void rosterChange_isPushedToWhoAskedForTheRoster_andToNobodyElse() throws Exception {
        try (RawClient phone = RawClient.online(network, juliet, "phone");
                RawClient desk = RawClient.online(network, juliet, "desk");
                RawClient other = RawClient.online(network, juliet, "other")) {
            phone.send(GET_ROSTER.formatted(""));
            desk.send(GET_ROSTER.formatted(""));
            desk.untilPong();

            phone.send(set("<item jid='Romeo@chat.test' name='R &amp; M'><group>Verona</group></item>"));

            String result = phone.untilPong();
            assertTrue(result.contains("type='result' id='s'"), result);
            for (String seen : new String[] {result, desk.untilPong()}) {
                assertTrue(
                        seen.contains("<item jid='romeo@chat.test' name='R &amp; M' subscription='none'>"
                                + "<group>Verona</group></item>"),
                        seen);
            }
            assertEquals("", other.untilPong());
        }
    }

    @Test
    void roster_ofAVersion_comesAsChanges() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "phone")) {
            client.send(set("<item jid='one@chat.test'/>") + set("<item jid='two@chat.test'/>"));
            client.untilPong();
            client.send(GET_ROSTER.formatted(" ver=''"));
            String version = RawClient.attribute(client.awaitMatch("<query [^>]*ver=[^>]*>"), "ver");
            client.untilPong();
            client.send(GET_ROSTER.formatted(" ver='" + version + "'"));
            String unchanged = client.untilPong();
            client.send(set("<item jid='two@chat.test' subscription='remove'/>")
                    + set("<item jid='three@chat.test' name='3'/>"));
            client.untilPong();

            client.send(GET_ROSTER.formatted(" ver='" + version + "'"));
            String changed = client.untilPong();

            assertFalse(unchanged.contains("<query"), unchanged);
            assertFalse(changed.contains("one@chat.test"), changed);
            assertTrue(
                    changed.matches("(?s).*type='result'.*<item jid='two@chat.test' subscription='remove'/>.*"
                            + "<item jid='three@chat.test' name='3' .*"),
                    changed);
        }
    }

    @Test
    void roster_thatIsSetWrongly_isNotChanged() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "phone")) {
            assertRefused(client, "bad-request", "<item jid='a@chat.test'/><item jid='b@chat.test'/>");
            assertRefused(client, "bad-request", "<item/>");
            assertRefused(client, "bad-request", "<item jid='a@chat.test'><group>g</group><group>g</group></item>");
            assertRefused(client, "jid-malformed", "<item jid='@chat.test'/>");
            assertRefused(client, "not-acceptable", "<item jid='a@chat.test'><group/></item>");
            assertRefused(client, "not-allowed", "<item jid='juliet@chat.test'/>");
            assertRefused(client, "item-not-found", "<item jid='a@chat.test' subscription='remove'/>");
            client.send(GET_ROSTER.formatted(""));
            assertFalse(client.untilPong().contains("<item"));
            client.send("<iq type='get' id='f' to='romeo@chat.test'><query xmlns='jabber:iq:roster'/></iq>");
            assertTrue(client.awaitElement("iq").contains("<forbidden"));
        }
    }

    private static void assertRefused(RawClient client, String condition, String items) {
        client.send(set(items));
        String answer = client.awaitElement("iq");
        assertTrue(answer.contains("type='error'") && answer.contains("<" + condition), answer);
    }

    private static String set(String items) {
        return "<iq type='set' id='s'><query xmlns='jabber:iq:roster'>" + items + "</query></iq>";
    }

    @Test
    void subscription_thatIsGranted_showsPresence_andItsEndTakesItAway() throws Exception {
        try (RawClient asker = RawClient.available(network, juliet, "balcony");
                RawClient asked = RawClient.available(network, romeo, "orchard")) {
            asker.send(GET_ROSTER.formatted("") + "<presence type='subscribe' to='romeo@chat.test/orchard'/>");
            asked.awaitText("<presence type='subscribe' from='juliet@chat.test' to='romeo@chat.test'/>");
            String pending = asker.untilPong();
            asked.send("<presence type='subscribed' to='juliet@chat.test'/>");
            asked.untilPong();
            String granted = asker.untilPong();
            asked.send("<presence><show>away</show></presence>");
            asked.untilPong();
            String away = asker.untilPong();
            asked.send("<presence type='unsubscribed' to='juliet@chat.test'/><presence/>");
            asked.untilPong();
            String ended = asker.untilPong();

            assertTrue(pending.contains("subscription='none' ask='subscribe'"), pending);
            assertTrue(granted.contains("type='subscribed'"), granted);
            assertTrue(granted.contains("subscription='to'"), granted);
            assertTrue(granted.contains("from='romeo@chat.test/orchard'"), granted);
            assertTrue(away.contains("<show>away</show>"), away);
            assertTrue(ended.contains("type='unavailable'"), ended);
            assertTrue(ended.contains("type='unsubscribed'"), ended);
            assertTrue(ended.contains("subscription='none'"), ended);
            assertFalse(ended.contains("<show>"), ended);
            assertEquals(1, ended.split("from='romeo@chat.test/orchard'", -1).length - 1, ended);
        }
    }

    /** RFC 6121 section 3.1.3: who is not there is asked as soon as it is. */
    @Test
    void subscriptionRequest_waitsForWhoIsOffline_untilItIsAnswered() throws Exception {
        try (RawClient asker = RawClient.available(network, juliet, "balcony")) {
            asker.send("<presence type='subscribe' to='romeo@chat.test'/>");
            asker.untilPong();
            for (int i = 0; i < 2; i++) {
                try (RawClient asked = RawClient.available(network, romeo, "orchard")) {
                    asked.awaitText("<presence type='subscribe'");
                    if (i == 1) {
                        asked.send("<presence type='unsubscribed' to='juliet@chat.test'/>");
                        asked.untilPong();
                    }
                }
            }
            try (RawClient asked = RawClient.available(network, romeo, "garden")) {
                assertFalse(asked.untilPong().contains("subscribe"));
            }
            assertTrue(asker.untilPong().contains("type='unsubscribed'"));
        }
    }

    /** Who was never allowed to see the presence does not see it by taking the request back. */
    @Test
    void subscriptionRequest_thatIsWithdrawn_showsNoPresence() throws Exception {
        try (RawClient asker = RawClient.available(network, juliet, "balcony");
                RawClient asked = RawClient.available(network, romeo, "orchard")) {
            asker.send("<presence type='subscribe' to='romeo@chat.test'/>"
                    + "<presence type='unsubscribe' to='romeo@chat.test'/>");
            String seen = asker.untilPong();

            assertTrue(asked.untilPong().contains("type='unsubscribe'"));
            assertFalse(seen.contains("romeo@chat.test/orchard"), seen);
        }
    }

    /** RFC 6121 section 3.4. */
    @Test
    void subscription_thatIsApprovedBeforehand_isGrantedAtOnce() throws Exception {
        try (RawClient asker = RawClient.available(network, juliet, "balcony");
                RawClient asked = RawClient.available(network, romeo, "orchard")) {
            asked.send(GET_ROSTER.formatted("") + "<presence type='subscribed' to='juliet@chat.test'/>");
            String approved = asked.untilPong();
            String nothing = asker.untilPong();

            asker.send("<presence type='subscribe' to='romeo@chat.test'/>");
            String granted = asker.untilPong();
            String unasked = asked.untilPong();

            assertTrue(approved.contains("approved='true'"), approved);
            assertEquals("", nothing);
            assertTrue(granted.contains("type='subscribed'"), granted);
            assertTrue(granted.contains("from='romeo@chat.test/orchard'"), granted);
            assertFalse(unasked.contains("type='subscribe'"), unasked);
            assertTrue(unasked.contains("subscription='from'"), unasked);
        }
    }

    @Test
    void subscription_endsWithTheRosterItem_onBothSides() throws Exception {
        try (RawClient one = RawClient.available(network, juliet, "balcony");
                RawClient other = RawClient.available(network, romeo, "orchard")) {
            one.send("<presence type='subscribed' to='romeo@chat.test'/>"
                    + "<presence type='subscribe' to='romeo@chat.test'/>");
            one.untilPong();
            other.send("<presence type='subscribe' to='juliet@chat.test'/>"
                    + "<presence type='subscribed' to='juliet@chat.test'/>" + GET_ROSTER.formatted(""));
            assertTrue(other.untilPong().contains("subscription='both'"));

            one.send(set("<item jid='romeo@chat.test' subscription='remove'/>"));
            one.untilPong();

            String told = other.untilPong();
            assertTrue(told.contains("type='unsubscribe'"), told);
            assertTrue(told.contains("type='unsubscribed'"), told);
            assertTrue(told.contains("from='juliet@chat.test/balcony'") && told.contains("type='unavailable'"), told);
            assertTrue(told.contains("subscription='none'"), told);
        }
    }

    @Test
    void presence_ofASessionThatBreaksOff_ends_alsoForWhomItWasDirectedTo() throws Exception {
        try (RawClient stranger = RawClient.available(network, romeo, "orchard");
                RawClient client = RawClient.available(network, juliet, "balcony")) {
            client.send("<presence to='romeo@chat.test/orchard'><status>here</status></presence>");
            stranger.awaitText("<status>here</status></presence>");

            network.faults(juliet).cut();

            assertTrue(stranger.awaitElement("presence").contains("type='unavailable'"));
        }
    }

    @Test
    void blockList_isPushed_andKeepsMessagesRequestsAndPresenceAway() throws Exception {
        try (RawClient phone = RawClient.available(network, juliet, "phone");
                RawClient desk = RawClient.available(network, juliet, "desk");
                RawClient blocked = RawClient.available(network, romeo, "orchard")) {
            phone.send("<presence type='subscribed' to='romeo@chat.test'/>");
            phone.untilPong();
            blocked.send("<presence type='subscribe' to='juliet@chat.test'/>");
            blocked.untilPong();
            desk.send("<iq type='get' id='b'><blocklist xmlns='urn:xmpp:blocking'/></iq>");
            desk.untilPong();

            phone.send(
                    "<iq type='set' id='b'><block xmlns='urn:xmpp:blocking'><item jid='romeo@chat.test'/></block></iq>");
            phone.untilPong();
            String push = desk.untilPong();
            String offline = blocked.untilPong();
            blocked.say(juliet.jid(), "one");
            blocked.send("<presence to='juliet@chat.test'/>"
                    + "<iq type='get' id='p' to='juliet@chat.test/phone'><ping xmlns='urn:xmpp:ping'/></iq>");
            String refused = blocked.untilPong();
            phone.say(romeo.jid(), "two");
            String ownRefusal = phone.untilPong();
            phone.send("<iq type='set' id='u'><unblock xmlns='urn:xmpp:blocking'/></iq>");
            phone.untilPong();
            String back = blocked.untilPong();

            assertTrue(push.contains("<block xmlns='urn:xmpp:blocking'><item jid='romeo@chat.test'/></block>"), push);
            assertEquals(2, offline.split("type='unavailable'", -1).length - 1, offline);
            assertEquals(2, refused.split("<service-unavailable", -1).length - 1, refused);
            assertTrue(ownRefusal.contains("<not-acceptable") && ownRefusal.contains("<blocked"), ownRefusal);
            assertEquals("", network.offlineMessages(juliet) == 0 ? "" : "a blocked message waits");
            assertEquals(2, back.split("<presence ", -1).length - 1, back);
        }
    }
}
