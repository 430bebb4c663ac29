package org.partyline.xmpp.internal.session;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.PinStore;
import org.partyline.auth.sasl.SaslClient;
import org.partyline.auth.sasl.SaslClients;
import org.partyline.auth.sasl.SaslException;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.auth.sasl.SecurityPin;
import org.partyline.internal.engine.Jitter;
import org.partyline.internal.engine.ManualLoop;
import org.partyline.internal.engine.OutboxTracker;
import org.partyline.session.StateChange;
import org.partyline.session.UserAgent;
import org.partyline.spi.SessionLimits;
import org.partyline.spi.SessionSettings;
import org.partyline.spi.SignInSettings;
import org.partyline.store.Store;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** A session on a clock wound by hand, with a server that the test plays. */
final class Bench {
    static final String SM = "urn:xmpp:sm:3";
    static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    static final XmlElement STARTTLS = XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "starttls");
    static final XmlElement MECHANISMS = XmlElement.builder(SASL, "mechanisms")
            .textChild("mechanism", "TEST")
            .build();
    static final XmlElement BINDING = XmlElement.of(BIND, "bind");
    static final XmlElement MANAGEMENT = XmlElement.of(SM, "sm");

    final ManualLoop loop = new ManualLoop();
    final FakeTransport transport = new FakeTransport(loop);
    final SessionEngine engine;
    final List<StateChange> changes = new ArrayList<>();
    int signIns;
    /** Whether another way to sign in is left when one is refused. */
    boolean anotherWay;
    /** Tasks that are asked for at sign-in by SASL2. */
    List<String> upgrades = List.of();

    @Nullable
    SaslException saslFailure;

    Bench() {
        this(SessionLimits.DEFAULT);
    }

    Bench(SessionLimits limits) {
        this(limits, 0);
    }

    Bench(SessionLimits limits, int trace) {
        this(limits, trace, Runnable::run, Store.volatileStore());
    }

    Bench(SessionLimits limits, int trace, Executor callbacks, Store store) {
        this(limits, trace, callbacks, Runnable::run, store);
    }

    Bench(SessionLimits limits, int trace, Executor callbacks, Executor storage, Store store) {
        engine = new SessionEngine(
                new SessionSettings(
                        Jid.parse("juliet@capulet.example"),
                        "balcony",
                        Credentials.password("secret"::toCharArray),
                        new SignInSettings(
                                SaslOptions.DEFAULT,
                                PinStore.inMemory(),
                                SecretStore.inMemory(),
                                UserAgent.ANONYMOUS,
                                change -> true),
                        transport,
                        TransportOptions.DEFAULT,
                        callbacks,
                        Runnable::run,
                        storage,
                        store.open(Jid.parse("juliet@capulet.example")),
                        limits,
                        trace),
                mechanisms(),
                new Jitter(1));
        engine.states().stream().subscribe(changes::add);
    }

    /** Real mechanisms compute with random values, which a clock wound by hand has no use for. */
    private SaslClients mechanisms() {
        SaslClients mechanisms = mock(SaslClients.class);
        try {
            when(mechanisms.start(any(), any())).thenAnswer(call -> mechanism());
        } catch (SaslException e) {
            throw new AssertionError(e);
        }
        when(mechanisms.clientId()).thenReturn(new UUID(0x4000, 1L << 63));
        when(mechanisms.refused(any())).thenAnswer(call -> anotherWay);
        when(mechanisms.upgrades(any(), any(), any())).thenAnswer(call -> upgrades);
        return mechanisms;
    }

    /** A mechanism of one message, whose proof of the server is the word "proof". */
    private SaslClient mechanism() throws SaslException {
        signIns++;
        if (saslFailure != null) {
            throw saslFailure;
        }
        return new SaslClient() {
            @Override
            public String mechanism() {
                return "TEST";
            }

            @Override
            public SecurityPin.Strength strength() {
                return SecurityPin.Strength.PROVED;
            }

            @Override
            public byte[] initialResponse() {
                return "hello".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] respond(byte[] challenge) {
                return challenge;
            }

            @Override
            public void verifySuccess(byte @Nullable [] additionalData) throws SaslException {
                if (additionalData == null || !new String(additionalData, StandardCharsets.UTF_8).equals("proof")) {
                    throw new SaslException(SaslException.Reason.SERVER_NOT_VERIFIED, "no proof");
                }
            }

            @Override
            public void cancel() {}

            @Override
            public void close() {}
        };
    }

    /** Goes up to where the stream is signed in and opened anew, and nothing more is offered yet. */
    FakeConnection signIn() {
        FakeConnection connection = transport.last();
        connection.sent();
        if (connection.tls() == null) {
            connection.offer(STARTTLS);
            connection.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));
        }
        connection.offer(MECHANISMS);
        connection.receive(success());
        connection.sent();
        return connection;
    }

    static XmlElement success() {
        return XmlElement.builder(SASL, "success").text("cHJvb2Y=").build();
    }

    /** Connects, with stream management. */
    FakeConnection online() {
        CompletableFuture<Void> connected = engine.lifecycle().connect();
        FakeConnection connection = signIn();
        bind(connection, "sm1");
        if (!connected.isDone()) {
            throw new AssertionError("not online: " + connection.sent());
        }
        connection.sent();
        return connection;
    }

    /** Binds; with a session id, stream management is offered too, and enabled. */
    void bind(FakeConnection connection, @Nullable String smId) {
        if (smId == null) {
            connection.offer(BINDING);
        } else {
            connection.offer(BINDING, MANAGEMENT);
        }
        answerBind(connection);
        if (smId != null) {
            enabled(connection, smId);
        }
    }

    void answerBind(FakeConnection connection) {
        String request = connection.sent().get(0);
        connection.receive(XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", "result")
                .attribute("id", idOf(request))
                .child(XmlElement.builder(BIND, "bind")
                        .textChild("jid", "juliet@capulet.example/balcony")
                        .build())
                .build());
    }

    void enabled(FakeConnection connection, String id) {
        connection.receive(XmlElement.builder(SM, "enabled")
                .attribute("id", id)
                .attribute("resume", "true")
                .attribute("max", "300")
                .build());
    }

    /** What a future has failed with; it must have failed by now. */
    static Throwable failure(CompletableFuture<?> future) {
        if (!future.isCompletedExceptionally()) {
            throw new AssertionError("has not failed: " + future);
        }
        Throwable failure = future.handle((value, thrown) -> thrown).join();
        return Failures.unwrap(failure);
    }

    static String idOf(String xml) {
        int start = xml.indexOf(" id='") + 5;
        return xml.substring(start, xml.indexOf('\'', start));
    }

    /** Sends a message whose id and body are the same. */
    Progress message(String id) {
        Progress progress = new Progress();
        progress.queued = engine.core()
                .enqueue(
                        XmlElement.builder(Stanzas.CLIENT, "message")
                                .attribute("id", id)
                                .attribute("to", "romeo@montague.example")
                                .textChild("body", id)
                                .build(),
                        progress,
                        Duration.ofDays(7))
                .queued();
        loop.run();
        return progress;
    }

    static XmlElement ack(int h) {
        return XmlElement.builder(SM, "a")
                .attribute("h", Integer.toUnsignedString(h))
                .build();
    }

    static XmlElement incoming(String body) {
        return XmlElement.builder(Stanzas.CLIENT, "message")
                .attribute("from", "romeo@montague.example/orchard")
                .textChild("body", body)
                .build();
    }

    /** How far a message has come. */
    static final class Progress implements OutboxTracker {
        CompletableFuture<Void> queued = new CompletableFuture<>();
        int written;
        int acknowledged;
        int dropped;
        boolean answered;

        @Override
        public boolean isAnswered() {
            return answered;
        }

        @Override
        public void onWritten(int count) {
            written++;
        }

        @Override
        public void onAcknowledged() {
            acknowledged++;
        }

        @Override
        public CompletableFuture<Void> store(byte[] encoded) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onExpired() {
            throw new AssertionError("nobody waits for a week here");
        }

        @Override
        public void onDropped() {
            dropped++;
        }
    }
}
