package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.session.ConnectionState;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.tls.TlsConfig;

/** Signing in, by every way and mechanism that the server has, and being told why where it fails. */
interface SignInTests extends InteropTests {

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    default void scram_whereItAloneIsOffered_signsIn(String mechanism) {
        Account account = interop().account("juliet", domainOfferingOnly(mechanism));

        ChatClient client = interop().online(account);

        assertEquals(ConnectionState.ONLINE, client.state());
        assertEquals(account.jid(), Interop.bare(client));
    }

    @Test
    default void plain_withOptIn_signsIn() {
        Account account = interop().account("juliet", domainOfferingOnly("PLAIN"));

        ChatClient client = interop().online(interop().builder(account).sasl(SaslOptions.DEFAULT.withPlain(true)));

        assertEquals(account.jid(), Interop.bare(client));
    }

    @Test
    default void plain_withoutOptIn_isRefusedByTheClient() {
        Account account = interop().account("juliet", domainOfferingOnly("PLAIN"));
        ChatClient client = interop().build(interop().builder(account));

        AuthenticationFailedException failure =
                Interop.awaitFailure(AuthenticationFailedException.class, client.connect());

        assertEquals("no-mechanism", failure.condition());
        assertEquals(ConnectionState.DISCONNECTED, client.state());
    }

    @Test
    default void anonymous_whereOffered_getsAnAddressFromTheServer() {
        Jid domain = Jid.of(null, domainOfferingOnly("ANONYMOUS"), null);

        ChatClient client = interop().online(interop().builder(domain).credentials(Credentials.anonymous()));

        Jid self = client.self().orElseThrow();
        assertEquals(domain.domain(), self.domain());
        assertFalse(self.isBare());
        assertTrue(self.local() != null && !self.local().isEmpty());
    }

    @Test
    default void external_withTheAccountsCertificate_signsIn() {
        Jid jid = Jid.of("juliet", domainOfferingOnly("EXTERNAL"), null);
        TestAuthority.Issued issued = interop().server.certificateOf(jid.toString());
        TlsConfig tls = interop()
                .trust()
                .clientCertificate(issued.key(), List.of(issued.certificate()))
                .build();

        ChatClient client = interop().online(interop().builder(jid).tls(tls).credentials(Credentials.certificate()));

        assertEquals(jid, Interop.bare(client));
    }

    @ParameterizedTest
    @EnumSource(Endpoint.Kind.class)
    default void everyKindOfEndpoint_isUsable(Endpoint.Kind kind) {
        InteropServer server = interop().server;
        Endpoint endpoint = switch (kind) {
            case DIRECT_TLS -> server.directTls();
            case STARTTLS -> server.startTls();
            case WEBSOCKET -> server.webSocket();
        };
        Account account = interop().account("juliet");

        ChatClient client = interop().online(interop().builder(account).endpoints(endpoint));

        assertEquals(account.jid(), Interop.bare(client));
    }

    @Test
    default void resource_thatIsAskedFor_isBound() {
        Account account = interop().account("juliet");

        ChatClient client = interop()
                .online(interop().builder(account).account(account.jid().withResource("balcony")));

        String resource = String.valueOf(client.self().orElseThrow().resource());
        // A server that binds with the sign-in adds to it (XEP-0386 section 3.2.1).
        assertTrue(resource.matches("balcony([/~].+)?"), resource);
    }

    @Test
    default void wrongPassword_failsForGood_andTellsNoSecret() {
        Account account = interop().account("juliet");
        ChatClient client = interop()
                .build(interop()
                        .builder(account.jid())
                        .credentials(Credentials.password("not the password"::toCharArray)));

        AuthenticationFailedException failure =
                Interop.awaitFailure(AuthenticationFailedException.class, client.connect());

        assertEquals("not-authorized", failure.condition());
        assertTrue(failure.mechanism().orElseThrow().startsWith("SCRAM-"));
        assertFalse(String.valueOf(failure.getMessage()).contains("not the password"));
        assertEquals(ConnectionState.DISCONNECTED, client.state());
    }

    @Test
    default void certificate_ofAnUnknownAuthority_isRejected() {
        Account account = interop().account("juliet");
        ChatClient client = interop().build(interop().builder(account).tls(TlsConfig.DEFAULT));

        ConnectionException failure = Interop.awaitFailure(ConnectionException.class, client.connect());

        assertEquals(ConnectionException.Reason.CERTIFICATE_REJECTED, failure.reason());
        assertEquals(1, failure.attempts().size());
    }

    @Test
    default void certificate_forAnotherDomain_isRejected() {
        ChatClient client = interop()
                .build(interop()
                        .builder(Jid.parse("juliet@elsewhere.example"))
                        .endpoints(interop().server.directTls())
                        .credentials(Credentials.password("irrelevant"::toCharArray)));

        ConnectionException failure = Interop.awaitFailure(ConnectionException.class, client.connect());

        assertEquals(ConnectionException.Reason.CERTIFICATE_REJECTED, failure.reason());
    }

    private String domainOfferingOnly(String mechanism) {
        Optional<String> domain = interop().server.domainOfferingOnly(mechanism);
        assumeTrue(domain.isPresent(), () -> interop().server.name() + " does not offer " + mechanism);
        return domain.orElseThrow();
    }
}
