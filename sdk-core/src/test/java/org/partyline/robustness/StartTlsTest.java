package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.error.ConnectionException;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.robustness.MeddlingProxy.Meddling;
import org.partyline.session.ConnectionState;
import org.partyline.testkit.TestNetwork;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportOptions;

/** The whole client behind somebody who sits in the middle. */
class StartTlsTest {
    private static final int SIGN_INS = 1_000;
    private static final int STRIPPED = 10_000;
    private static final int LANES = 8;
    /** Four of ten sign-ins are attacked. */
    private static final List<Meddling> ATTACKS = List.of(Meddling.values()).stream()
            .filter(meddling -> !meddling.isHarmless())
            .toList();

    /** All that a client may say in the clear: a stream without its account's name, the wish for TLS, and goodbye. */
    private static final Pattern CLEAR = Pattern.compile("(<\\?xml version='1\\.0'\\?>)?"
            + "<stream:stream (xmlns(:stream)?='[^']*' ?|to='chat\\.test' ?|version='1\\.0' ?|xml:lang='[^']*' ?)+>"
            + "(<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>)?"
            + "(<stream:error>[^&]*</stream:error>)?(</stream:stream>)?");

    private final Map<Meddling, Integer> counts = new EnumMap<>(Meddling.class);

    @Test
    @DisplayName("T-STL-1..3: 1,000 sign-ins with splits and delays, not one byte of SASL in the clear")
    void signIns_meddledWith_showNothingInTheClear() throws Exception {
        long seed = System.nanoTime();
        try (TestNetwork network =
                        TestNetwork.builder().mechanisms("SCRAM-SHA-1", "PLAIN").start();
                Clients clients = new Clients("starttls")) {
            ExecutorService lanes = Executors.newFixedThreadPool(LANES);
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                long laneSeed = seed + lane;
                ChatClient.Builder builder = clients.builder(network, network.account("lane" + lane))
                        // Every other client would send its password to whoever has it under TLS.
                        .sasl(SaslOptions.DEFAULT.withPlain(lane % 2 == 0));
                running.add(CompletableFuture.runAsync(() -> lane(network, clients, builder, laneSeed), lanes));
            }
            try {
                Await.outcome(Await.all(running));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            } finally {
                lanes.shutdownNow();
            }
            int honest = counts.getOrDefault(Meddling.HONEST, 0) + counts.getOrDefault(Meddling.SASL_BESIDE_TLS, 0);
            assertEquals(
                    SIGN_INS,
                    counts.values().stream().mapToInt(Integer::intValue).sum(),
                    "seed " + seed);
            assertEquals(Meddling.values().length, counts.size(), "each way was gone: " + counts + ", seed " + seed);
            assertEquals(honest, network.statistics().signIns(), "seed " + seed);
            assertEquals(0, network.statistics().failedSignIns(), "seed " + seed);
        }
    }

    @Test
    @DisplayName(
            "T-STL-1: features without STARTTLS, 10,000 times with splits and delays, not one byte of SASL on the wire")
    void strippedFeatures_showNothing() throws Exception {
        long seed = System.nanoTime();
        try (TestNetwork network = TestNetwork.start();
                Clients clients = new Clients("stripped")) {
            ExecutorService lanes = Executors.newFixedThreadPool(LANES);
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                long laneSeed = seed + lane;
                StrippingServer server = new StrippingServer(laneSeed);
                ChatClient client = clients.build(clients.builder(network, network.account("lane" + lane))
                        .sasl(SaslOptions.DEFAULT.withPlain(true))
                        .endpoints(Endpoint.startTls("127.0.0.1", server.port())));
                running.add(CompletableFuture.runAsync(() -> strip(client, server), lanes));
            }
            try {
                // Each connect has its own bound; this one is for ten thousand.
                Await.all(running).get(10, TimeUnit.MINUTES);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("seed " + seed, e);
            } finally {
                lanes.shutdownNow();
            }
        }
    }

    private static void strip(ChatClient client, StrippingServer server) {
        try (server) {
            for (int i = 0; i < STRIPPED / LANES; i++) {
                ConnectionException refused = Await.failure(ConnectionException.class, client.connect());
                assertEquals(ConnectionException.Reason.TLS_FAILED, refused.reason());
                assertEquals(ConnectionState.DISCONNECTED, client.state());
                String said = server.heard();
                assertTrue(!said.isEmpty() && CLEAR.matcher(said).matches(), () -> "in the clear: " + said);
            }
        }
    }

    private void lane(TestNetwork network, Clients clients, ChatClient.Builder builder, long seed) {
        Random random = new Random(seed);
        int port = network.startTlsEndpoint().port();
        try (MeddlingProxy proxy = new MeddlingProxy(port)) {
            ChatClient client;
            synchronized (clients) {
                client = clients.build(builder.transport(TransportOptions.builder()
                        .tls(network.tlsConfig())
                        .endpoints(Endpoint.startTls("127.0.0.1", proxy.port()))
                        // The attacker never says goodbye.
                        .closeTimeout(Duration.ofMillis(20))
                        .build()));
            }
            for (int i = 0; i < SIGN_INS / LANES; i++) {
                Meddling meddling = random.nextInt(10) < 4
                        ? ATTACKS.get(random.nextInt(ATTACKS.size()))
                        : random.nextBoolean() ? Meddling.HONEST : Meddling.SASL_BESIDE_TLS;
                try {
                    signIn(client, proxy, meddling, random.nextLong());
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("sign-in " + i + " of the lane with seed " + seed + ", " + meddling, e);
                }
                synchronized (counts) {
                    counts.merge(meddling, 1, Integer::sum);
                }
            }
        }
    }

    private static void signIn(ChatClient client, MeddlingProxy proxy, Meddling meddling, long seed) {
        MeddlingProxy.Recording recording = proxy.serve(meddling, seed);
        if (meddling.isHarmless()) {
            Await.outcome(client.connect());
            Await.outcome(client.disconnect());
        } else {
            ImException failure = Await.failure(ImException.class, client.connect());
            boolean violation = meddling.name().startsWith("INJECTED") || meddling == Meddling.SASL_INSTEAD;
            assertEquals(
                    violation ? ProtocolViolationException.class : ConnectionException.class,
                    failure.getClass(),
                    () -> String.valueOf(failure));
            if (failure instanceof ConnectionException refused) {
                assertEquals(ConnectionException.Reason.TLS_FAILED, refused.reason());
                assertTrue(refused.attempts().get(0).endpoint().contains(String.valueOf(proxy.port())));
            }
            assertEquals(ConnectionState.DISCONNECTED, client.state());
        }
        int clear = checkWire(recording.complete());
        assertTrue(clear > 0);
    }

    /** Checks that the client said nothing but what it may in the clear, and then nothing but whole TLS records. */
    private static int checkWire(byte[] sent) {
        int clear = 0;
        while (clear < sent.length && sent[clear] != 0x16) {
            clear++;
        }
        String said = new String(sent, 0, clear, StandardCharsets.UTF_8);
        assertTrue(CLEAR.matcher(said).matches(), () -> "in the clear: " + said);
        for (int at = clear; at < sent.length; ) {
            int type = sent[at];
            assertTrue(type >= 0x14 && type <= 0x17, "no TLS record: type " + type + " at " + at);
            assertTrue(at + 5 <= sent.length && sent[at + 1] == 3, "no TLS record at " + at);
            int length = ((sent[at + 3] & 0xff) << 8) | (sent[at + 4] & 0xff);
            assertTrue(length > 0 && length <= 16_384 + 256, "no TLS record: length " + length + " at " + at);
            at += 5 + length;
        }
        return clear;
    }
}
