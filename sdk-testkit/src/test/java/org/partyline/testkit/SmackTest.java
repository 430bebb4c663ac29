package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.roster.PresenceEventListener;
import org.jivesoftware.smack.roster.packet.RosterPacket.ItemType;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.ping.PingManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.FullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/** An independent client signs in to the network and chats. */
@ExtendWith(TestNetworkExtension.class)
class SmackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void twoClients_chat_byStartTls(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (SmackPeer one = new SmackPeer(network, juliet, false);
                SmackPeer other = new SmackPeer(network, romeo, false)) {
            assertTrue(one.connection.isSecureConnection());
            assertEquals("SCRAM-SHA-1", one.connection.getUsedSaslMechansism());
            one.say(romeo, "Art thou not Romeo? \uD83C\uDF39 & <");
            assertEquals("Art thou not Romeo? \uD83C\uDF39 & <", other.hear());
            other.say(juliet, "Neither, fair saint");
            assertEquals("Neither, fair saint", one.hear());
        }
        String clear = new String(network.clearTextReceived(), StandardCharsets.UTF_8);
        assertTrue(clear.contains("<starttls"), clear);
        assertFalse(clear.contains("<auth"), clear);
    }

    @Test
    void client_usesDirectTls(TestNetwork network, @Username("juliet") TestAccount juliet) throws Exception {
        try (SmackPeer peer = new SmackPeer(network, juliet, true)) {
            assertTrue(peer.connection.isAuthenticated());
            assertEquals("", new String(network.clearTextReceived(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void contacts_seeEachOther(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (SmackPeer one = new SmackPeer(network, juliet, false);
                SmackPeer other = new SmackPeer(network, romeo, false)) {
            BlockingQueue<Presence> seen = new LinkedBlockingQueue<>();
            one.roster().addPresenceEventListener(new PresenceEventListener() {
                @Override
                public void presenceAvailable(FullJid address, Presence presence) {
                    seen.add(presence);
                }

                @Override
                public void presenceUnavailable(FullJid address, Presence presence) {
                    seen.add(presence);
                }

                @Override
                public void presenceError(Jid address, Presence presence) {}

                @Override
                public void presenceSubscribed(BareJid address, Presence presence) {}

                @Override
                public void presenceUnsubscribed(BareJid address, Presence presence) {}
            });

            one.roster()
                    .createItemAndRequestSubscription(
                            JidCreate.bareFrom(romeo.jid()), "Romeo", new String[] {"Verona"});

            assertTrue(awaitFrom(seen, romeo).isAvailable());
            assertEquals(
                    ItemType.to,
                    one.roster().getEntry(JidCreate.bareFrom(romeo.jid())).getType());
            other.connection.disconnect();
            assertFalse(awaitFrom(seen, romeo).isAvailable());
        }
    }

    private static Presence awaitFrom(BlockingQueue<Presence> seen, TestAccount account) throws InterruptedException {
        while (true) {
            Presence next = seen.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no presence of " + account.jid());
            }
            if (next.getFrom().asBareJid().toString().equals(account.jid())) {
                return next;
            }
        }
    }

    @Test
    void client_resumesAfterItsConnectionWasCut(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (SmackPeer one = new SmackPeer(network, juliet, false);
                SmackPeer other = new SmackPeer(network, romeo, false)) {
            assertTrue(other.connection.isSmResumptionPossible());
            other.connection.instantShutdown();
            network.await(now -> now.sessionsWaiting() == 1, PATIENCE);
            one.say(romeo, "while you were away");
            network.await(now -> now.stanzasReceived() > 0, PATIENCE);

            other.connection.connect().login();

            assertTrue(other.connection.streamWasResumed());
            assertEquals("while you were away", other.hear());
            assertEquals(1, network.statistics().resumptions());
        }
    }

    @Test
    void client_usesDiscoveryAndPing(TestNetwork network, @Username("juliet") TestAccount juliet) throws Exception {
        try (SmackPeer peer = new SmackPeer(network, juliet, false)) {
            assertTrue(ServiceDiscoveryManager.getInstanceFor(peer.connection)
                    .serverSupportsFeature("urn:xmpp:carbons:2"));
            assertTrue(PingManager.getInstanceFor(peer.connection).pingMyServer());
        }
    }
}
