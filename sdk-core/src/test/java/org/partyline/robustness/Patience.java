package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.error.ConnectionException;
import org.partyline.error.ImException;
import org.partyline.message.DeliveryState;
import org.partyline.message.SentMessage;
import org.partyline.session.StateChange;
import org.partyline.spi.SessionLimits;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportOptions;

/** Clients that have a message to send, cannot connect at first, and then can. */
final class Patience implements AutoCloseable {
    private static final int MOST_TRIES = 20;
    /** Short enough to wait for, in tests whose server falls silent. */
    static final Duration DEADLINE = Duration.ofSeconds(1);

    private final TestNetwork network = TestNetwork.start();
    private final Clients clients;
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount sink = network.sink("sink");

    Patience(String name) {
        this.clients = new Clients(name);
    }

    TestNetwork network() {
        return network;
    }

    TestAccount account() {
        return juliet;
    }

    /** Begins with whatever listens on a port. */
    Try begin(boolean direct, int port) {
        Switchboard board = Switchboard.to(port);
        return new Try(board, direct, board.port(), UnaryOperator.identity());
    }

    /** Begins with a port on which nobody listens. */
    Try beginRefused() {
        return new Try(null, false, Switchboard.freePort(), UnaryOperator.identity());
    }

    /** Begins with the network itself, and with what a client can be built with wrongly. */
    Try begin(UnaryOperator<ChatClient.Builder> mistake) {
        Switchboard board = Switchboard.to(network.startTlsEndpoint().port());
        return new Try(board, false, board.port(), mistake);
    }

    private static SessionLimits impatient() {
        return SessionLimits.builder().negotiationTimeout(DEADLINE).build();
    }

    @Override
    public void close() {
        clients.close();
        Await.nobody(network);
        network.close();
    }

    /** One client, from its first failure to its success. */
    final class Try implements AutoCloseable {
        private final ChatClient client;
        private final boolean direct;
        private final int port;
        private final List<StateChange> changes = new CopyOnWriteArrayList<>();
        private final long swallowed = network.swallowed(sink);
        private final SentMessage message;
        private final CompletableFuture<SentMessage> acknowledged;
        private Switchboard board;

        private Try(Switchboard board, boolean direct, int port, UnaryOperator<ChatClient.Builder> mistake) {
            this.board = board;
            this.direct = direct;
            this.port = port;
            client = clients.build(mistake.apply(clients.builder(network, juliet)
                    .sasl(SaslOptions.DEFAULT.withPlain(true))
                    .credentials(Credentials.password(juliet.password()::toCharArray))
                    .limits(impatient())
                    .transport(TransportOptions.builder()
                            .tls(network.tlsConfig())
                            .endpoints(
                                    direct
                                            ? Endpoint.directTls("127.0.0.1", port)
                                            : Endpoint.startTls("127.0.0.1", port))
                            .handshakeTimeout(DEADLINE)
                            .closeTimeout(Duration.ofMillis(50))
                            .build())));
            client.states().subscribe(changes::add);
            message = Await.outcome(
                    client.messages().to(Jid.parse(sink.jid())).body("waits").send());
            acknowledged = message.acknowledged();
        }

        ChatClient client() {
            return client;
        }

        int port() {
            return port;
        }

        /** Connects, and gives what comes of it. */
        ImException failure() {
            return Await.failure(ImException.class, client.connect());
        }

        /** The newest state change, once those before it have been seen. */
        StateChange lastChange() {
            CompletableFuture<Void> seen = new CompletableFuture<>();
            client.disconnect().whenComplete((done, failure) -> seen.complete(null));
            Await.outcome(seen);
            return changes.get(changes.size() - 1);
        }

        void assertNothingSettled() {
            assertFalse(acknowledged.isDone(), message::toString);
            assertEquals(swallowed, network.swallowed(sink));
        }

        /** Goes to the network, and sees the message arrive once. */
        void succeed() {
            int target = (direct ? network.directTlsEndpoint() : network.startTlsEndpoint()).port();
            if (board == null) {
                board = Switchboard.listening(port, target);
            } else {
                board.plug(target);
            }
            connect();
            Await.outcome(acknowledged);
            assertEquals(DeliveryState.SERVER_ACKED, message.state());
            assertEquals(swallowed + 1, network.swallowed(sink), "each message arrives once");
        }

        /** On a busy machine the short deadline is too short now and then; the next try has its own. */
        private void connect() {
            for (int tries = 1; ; tries++) {
                try {
                    Await.outcome(client.connect());
                    return;
                } catch (ConnectionException e) {
                    assertTrue(e.reason() == ConnectionException.Reason.TIMED_OUT && tries < MOST_TRIES, e::toString);
                }
            }
        }

        @Override
        public void close() {
            Await.outcome(client.closeAsync());
            if (board != null) {
                board.close();
            }
        }
    }
}
