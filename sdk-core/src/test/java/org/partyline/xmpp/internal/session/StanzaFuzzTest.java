package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.partyline.address.Jid;
import org.partyline.message.ChatState;
import org.partyline.message.Message;
import org.partyline.presence.Presence;
import org.partyline.robustness.LogCapture;
import org.partyline.roster.Contact;
import org.partyline.spi.SessionLimits;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.features.Features;
import org.partyline.xmpp.internal.stanza.Stanzas;
import org.slf4j.event.Level;

/**
 * A whole session, all features in it, to which a server and its users say anything: messages, presence, roster, carbons,
 * discovery and capabilities with their forms, block list, errors, stream management. No exception gets out of a handler,
 * not even into the log; what is kept stays bounded; what is not the account's own changes nothing of the account's. An
 * input is the stanzas, as XML, and what the application does between.
 */
class StanzaFuzzTest {
    private static final int MOST_CONTACTS = 6;
    private static final int MOST_DEVICES = 3;
    private static final SessionLimits LIMITS = new SessionLimits(
            8,
            Duration.ofSeconds(30),
            20,
            100_000,
            10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            Duration.ofSeconds(15),
            MOST_CONTACTS,
            MOST_DEVICES,
            16);
    private static final Jid ROMEO = Jid.parse("romeo@montague.example/orchard");
    private static final Jid ACCOUNT = Jid.parse("juliet@capulet.example");

    @DictionaryFile(resourcePath = "stanzas.dict")
    @FuzzTest
    void receive(FuzzedDataProvider data) {
        Session session = new Session(data.consumeBoolean());
        int[] actions = new int[data.consumeInt(0, 15)];
        for (int i = 0; i < actions.length; i++) {
            actions[i] = data.consumeInt(0, 13);
        }
        try (LogCapture log = LogCapture.from(Level.ERROR)) {
            int next = 0;
            for (XmlElement stanza : FuzzedStanzas.read(data.consumeRemainingAsBytes())) {
                if (next < actions.length) {
                    session.act(actions[next++]);
                }
                session.receive(stanza);
                session.check();
            }
            while (next < actions.length) {
                session.act(actions[next++]);
            }
            session.end();
            assertEquals(List.of(), log.lines(), "a handler failed");
        }
    }

    private static final class Session {
        private final Bench bench = new Bench(LIMITS);
        private final Features features;
        private final List<Message> heard = new ArrayList<>();
        private String id = "?";
        private int moments;

        Session(boolean managed) {
            features =
                    Features.assemble(bench.engine.core(), bench.engine.core().router()::discoFeatures);
            bench.engine.core().features(features.inOrder());
            features.messages().incoming().subscribe(heard::add);
            features.messages().sentElsewhere().subscribe(heard::add);
            features.messages().receipts().subscribe(receipt -> assertNotNull(receipt.from()));
            features.messages().chatStates().subscribe(change -> assertNotNull(change.from()));
            features.presence().updates().subscribe(update -> assertNotNull(update.from()));
            features.presence()
                    .requests()
                    .subscribe(request -> assertTrue(request.from().isBare()));
            features.roster()
                    .changes()
                    .subscribe(change -> assertTrue(change.contact().jid().isBare()));
            features.blockList().changes().subscribe(blocked -> assertNotNull(blocked));
            bench.engine.lifecycle().connect();
            bench.bind(bench.signIn(), managed ? "sm1" : null);
            watch();
        }

        void receive(XmlElement stanza) {
            boolean own = stanza.attribute("from") == null || isOwn(stanza.attribute("from"));
            Set<Contact> before = Set.copyOf(features.roster().contacts());
            int copies = heard.size();
            bench.transport.last().receive(FuzzedStanzas.answering(stanza, id));
            watch();
            if (!own && stanza.namespace().equals(Stanzas.CLIENT)) {
                // An answer to a request that was sent elsewhere cannot load a roster either.
                assertEquals(before, Set.copyOf(features.roster().contacts()), "a stranger changed the contact list");
                for (Message message : heard.subList(Math.min(copies, heard.size()), heard.size())) {
                    assertFalse(message.carbon(), "a stranger's carbon was believed");
                }
            }
        }

        private static boolean isOwn(String from) {
            try {
                Jid sender = Jid.parse(from);
                return sender.bare().equals(ACCOUNT) || sender.equals(Jid.parse("capulet.example"));
            } catch (IllegalArgumentException none) {
                return false;
            }
        }

        void act(int kind) {
            switch (kind) {
                case 1 -> features.discovery().info(ROMEO);
                case 2 -> features.discovery().items(ROMEO);
                case 3 -> features.blockList().load();
                case 4 -> features.blockList().block(ROMEO);
                case 5 -> features.basics().ping(null);
                case 6 -> features.basics().softwareVersion(ROMEO);
                case 7 ->
                    features.messages().to(ROMEO).body("hi").requestReceipt().send();
                case 8 -> features.messages().chatState(ROMEO, ChatState.COMPOSING);
                case 9 -> features.roster().add(ROMEO, "Romeo");
                case 10 -> features.presence().approve(ROMEO);
                case 11 -> bench.transport.last().lose();
                case 12 -> {
                    if (moments++ < 6) {
                        bench.loop.advance(Duration.ofSeconds(20));
                    }
                }
                case 13 -> features.clientState().set(moments++ % 2 == 0);
                default -> {}
            }
            bench.loop.run();
            watch();
        }

        /** Reads what was sent: XML that the codec takes, each of it; and notes the id of the newest request. */
        private void watch() {
            FakeConnection connection = bench.transport.last();
            for (String sent : connection.sent()) {
                if (sent.startsWith("<iq ") && (sent.contains(" type='get'") || sent.contains(" type='set'"))) {
                    id = Bench.idOf(sent);
                }
                if (!sent.startsWith("<open ") && !sent.startsWith("</stream>") && !sent.startsWith("<stream-error ")) {
                    assertEquals(
                            1,
                            FuzzedStanzas.read(sent.getBytes(StandardCharsets.UTF_8))
                                    .size(),
                            sent);
                }
            }
        }

        void check() {
            assertTrue(features.roster().contacts().size() <= MOST_CONTACTS);
            for (Contact contact : features.roster().contacts()) {
                assertTrue(contact.jid().isBare());
                assertTrue(contact.groups().size() <= 64);
            }
            for (Jid peer : List.of(ROMEO, ACCOUNT)) {
                assertTrue(features.presence().devicesOf(peer).size() <= MOST_DEVICES);
                Presence presence = features.presence().of(peer);
                assertTrue(presence.priority() >= -128 && presence.priority() <= 127);
            }
            for (Message message : heard) {
                assertNotNull(message.from());
                assertNotNull(message.to());
            }
            assertTrue(bench.loop.timers() < 40, "timers pile up");
        }

        void end() {
            bench.engine.lifecycle().close();
            bench.loop.advance(Duration.ofMinutes(10));
            assertFalse(bench.engine.core().isOnline());
            assertEquals(0, bench.loop.timers(), "a timer outlives the client");
        }
    }
}
