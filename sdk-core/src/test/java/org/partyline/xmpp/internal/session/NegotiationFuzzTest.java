package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.IDN;
import java.time.Duration;
import java.util.Locale;
import org.partyline.address.Jid;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.xml.XmlElement;

/**
 * A server that says anything, from the opening of the stream on: features, stream errors, redirections, sign-in, binding,
 * stream management. No exception gets out; nothing of a sign-in is sent without TLS; whoever is online was proved to, and
 * is who signed in. An input is what the server says, as XML, and what else happens between.
 */
class NegotiationFuzzTest {
    private static final Jid ACCOUNT = Jid.parse("juliet@capulet.example");
    private static final int MOST_CONNECTIONS = 40;

    @DictionaryFile(resourcePath = "stanzas.dict")
    @FuzzTest
    void negotiate(FuzzedDataProvider data) {
        Bench bench = new Bench();
        bench.engine.lifecycle().connect();
        bench.loop.run();
        Server server = new Server(bench);
        int beginning = data.consumeInt(0, 4);
        if (beginning >= 2) {
            bench.signIn();
        }
        if (beginning >= 3) {
            bench.bind(bench.transport.last(), beginning == 3 ? null : "sm1");
        }
        int actions = data.consumeInt(0, 15);
        int[] kinds = new int[actions];
        for (int i = 0; i < actions; i++) {
            kinds[i] = data.consumeInt(0, 9);
        }
        int next = 0;
        for (XmlElement element : FuzzedStanzas.read(data.consumeRemainingAsBytes())) {
            server.act(next < actions ? kinds[next++] : 0);
            server.say(element);
            check(bench);
        }
        while (next < actions) {
            server.act(kinds[next++]);
            check(bench);
        }
        bench.engine.lifecycle().close();
        bench.loop.advance(Duration.ofMinutes(10));
        assertFalse(bench.engine.core().isOnline());
        assertEquals(0, bench.loop.timers(), "a timer outlives the client");
    }

    private static void check(Bench bench) {
        FakeConnection connection = bench.transport.last();
        if (bench.engine.core().isOnline()) {
            assertNotNull(connection.tls());
            assertTrue(connection.authenticated);
            Jid self = bench.engine.core().self();
            assertNotNull(self);
            assertFalse(self.isBare());
            assertEquals(ACCOUNT, self.bare());
        }
        assertTrue(bench.loop.timers() < 12, "timers pile up");
        assertTrue(bench.transport.connections.size() <= MOST_CONNECTIONS);
    }

    /** The other side: what it says goes to the newest connection. */
    private static final class Server {
        private final Bench bench;
        private int moments;

        Server(Bench bench) {
            this.bench = bench;
        }

        void act(int kind) {
            FakeConnection connection = bench.transport.last();
            switch (kind) {
                case 1 -> connection.offer(Bench.MECHANISMS);
                case 2 -> connection.offer(Bench.BINDING, Bench.MANAGEMENT);
                case 3 -> connection.offer(Bench.STARTTLS);
                case 4 -> connection.receive(Bench.success());
                case 5 -> connection.lose();
                case 6 -> connection.lose(null);
                case 7 -> {
                    if (moments++ < 8) {
                        bench.loop.advance(Duration.ofSeconds(20));
                    }
                }
                case 8 -> bench.message("m" + moments++);
                default -> bench.loop.run();
            }
            bench.loop.run();
            watch(bench.transport.last());
        }

        /** An id of {@code ?} stands for the newest request's, which nobody could guess. */
        void say(XmlElement element) {
            FakeConnection connection = bench.transport.last();
            connection.receive(FuzzedStanzas.answering(element, watch(connection)));
            watch(bench.transport.last());
        }

        private String id = "?";

        private String watch(FakeConnection connection) {
            for (String sent : connection.sent()) {
                if (sent.startsWith("<iq ")) {
                    id = Bench.idOf(sent);
                }
                assertTrue(
                        connection.tls() != null
                                || sent.startsWith("<open ")
                                || sent.startsWith("<starttls ")
                                || sent.startsWith("</stream>")
                                || sent.startsWith("<stream-error "),
                        "sent in the clear: " + sent);
            }
            Endpoint endpoint = connection.endpoint();
            assertTrue(endpoint.port() > 0 && endpoint.port() < 65_536);
            String host = lookedUp(endpoint.host());
            assertFalse(host.matches("(.*\\.)?localhost\\.?|127(\\.\\d+){0,3}|::1|0|169\\.254(\\.\\d+){0,2}"), host);
            return id;
        }

        /** {@return a host as it would be looked up; one that is no name would not be} */
        private static String lookedUp(String host) {
            try {
                return IDN.toASCII(host).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException noName) {
                return "";
            }
        }
    }
}
