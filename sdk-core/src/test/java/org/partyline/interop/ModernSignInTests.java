package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.client.ChatClient;
import org.partyline.message.Message;
import org.partyline.session.ConnectionState;
import org.partyline.session.SignIn;
import org.partyline.session.StateChange;
import org.partyline.testkit.FaultProxy;
import org.partyline.transport.connection.Endpoint;

/** Sign-in by XEP-0388 and what it carries, and proofs that are bound to the TLS channel. */
interface ModernSignInTests extends InteropTests {

    /** The versions of TLS, by their names. */
    enum Tls {
        TLS_1_3("TLSv1.3"),
        TLS_1_2("TLSv1.2");

        final String protocol;

        Tls(String protocol) {
            this.protocol = protocol;
        }
    }

    /** What this JDK gives for a version of TLS: tls-exporter from JDK 25 on, and with these servers on TLS 1.3 alone. */
    private static String strongestBinding(Tls tls) {
        return Runtime.version().feature() >= 25 && tls == Tls.TLS_1_3 ? "tls-exporter" : "tls-server-end-point";
    }

    private Account accountFor(Tls tls) {
        Optional<String> domain = interop().server.modernDomain(tls.protocol);
        Assumptions.assumeTrue(domain.isPresent(), "the server does not have XEP-0388 on " + tls.protocol);
        return interop().account("juliet", domain.orElseThrow());
    }

    private static SignIn report(ChatClient client) {
        return client.signIn().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Tls.class)
    @DisplayName("password, then token, then token with resumption: 3, 1 and 1 round trips, all bound to the channel")
    default void passwordThenToken_inOneRoundTrip(Tls tls) {
        Account account = accountFor(tls);
        ChatClient peer = interop().online(interop().account("romeo"));
        try (FaultProxy proxy = FaultProxy.to(interop().server.startTls().port())) {
            ChatClient client =
                    interop().build(interop().builder(account).endpoints(Endpoint.startTls("127.0.0.1", proxy.port())));
            EventLog<Message> inbox = EventLog.of(client.messages().incoming());
            EventLog<StateChange> states = EventLog.of(client.states());

            Interop.await(client.connect());
            SignIn first = report(client);
            assertEquals(tls.protocol, first.tlsProtocol());
            assertTrue(first.mechanism().matches("SCRAM-SHA-(256|512)-PLUS"), first::mechanism);
            assertEquals(Optional.of(strongestBinding(tls)), first.binding());
            assertEquals(3, first.roundTrips());

            Interop.await(client.disconnect());
            Interop.await(client.connect());
            SignIn second = report(client);
            assertTrue(second.mechanism().matches("HT-SHA-(256|512)-(EXPR|ENDP)"), second::mechanism);
            assertEquals(Optional.of(strongestBinding(tls)), second.binding());
            assertEquals(1, second.roundTrips());
            assertFalse(second.weaker());

            var device = client.self().orElseThrow();
            proxy.cut();
            states.await("lost", change -> change.to() == ConnectionState.WAITING);
            client.reconnectNow();
            states.await("back", StateChange::resumed);
            assertEquals(1, report(client).roundTrips());
            assertEquals(device, client.self().orElseThrow());
            Interop.await(peer.messages().to(device).body("still here?").send());
            inbox.await("message", message -> message.body().equals("still here?"));
        }
    }

    @Test
    @DisplayName("a token that the server does not know costs a connection, and the password still serves")
    default void unknownToken_fallsBackToThePassword() {
        Account account = accountFor(Tls.TLS_1_3);
        SecretStore secrets = SecretStore.inMemory();
        String name = "fast-token " + account.jid();
        ChatClient first = interop().online(interop().builder(account).secretStore(secrets));
        Interop.await(first.disconnect());
        Interop.await(first.connect());
        Interop.await(first.closeAsync());
        byte[] token = secrets.read(name);
        token[token.length - 1] ^= 1;
        secrets.write(name, token);

        ChatClient second = interop().online(interop().builder(account).secretStore(secrets));

        assertTrue(
                report(second).mechanism().startsWith("SCRAM-"), report(second).mechanism());
        assertEquals(3, report(second).roundTrips());
    }

    @ParameterizedTest
    @EnumSource(Endpoint.Kind.class)
    default void everyKindOfEndpoint_signsInModernly(Endpoint.Kind kind) {
        Account account = accountFor(Tls.TLS_1_3);
        InteropServer server = interop().server;
        Endpoint endpoint = switch (kind) {
            case DIRECT_TLS -> server.directTls();
            case STARTTLS -> server.startTls();
            case WEBSOCKET -> server.webSocket();
        };
        // Prosody takes the certificate by the HTTP host there, and cannot bind to the channel.
        Assumptions.assumeTrue(kind != Endpoint.Kind.WEBSOCKET || server instanceof EmbeddedNetwork);

        ChatClient client = interop().online(interop().builder(account).endpoints(endpoint));

        assertTrue(report(client).binding().isPresent(), report(client)::toString);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Tls.class)
    @DisplayName("channel binding with the SASL of RFC 6120")
    default void boundProof_withoutXep0388(Tls tls) {
        Optional<String> domain = interop().server.domainOfBoundSha1(tls.protocol);
        Assumptions.assumeTrue(domain.isPresent(), "the server has no channel binding type that this side has");
        Account account = interop().account("juliet", domain.orElseThrow());

        ChatClient client = interop().online(account);

        assertEquals("SCRAM-SHA-1-PLUS", report(client).mechanism());
        assertEquals(Optional.of(strongestBinding(tls)), report(client).binding());
    }

    @Test
    @DisplayName("the main domain is signed in to by the strongest way that both sides have")
    default void mainDomain_usesWhatBothHave() {
        ChatClient client = interop().online(interop().account("juliet"));

        SignIn report = report(client);
        assertTrue(report.mechanism().startsWith("SCRAM-SHA-"), report::mechanism);
        assertFalse(report.weaker());
        if (interop()
                .server
                .modernDomain("TLSv1.3")
                .filter(interop().server.domain()::equals)
                .isEmpty()) {
            assertEquals(Optional.empty(), report.binding());
            // Features, SCRAM's two messages, features again, binding, stream management.
            assertEquals(6, report.roundTrips());
        }
    }
}
