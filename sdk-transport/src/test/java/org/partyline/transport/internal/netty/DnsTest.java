package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.ScriptedDns;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;

/** Finding a service, against a scripted name server. */
class DnsTest {
    private static final String DOMAIN = ConnectFixture.DOMAIN;
    private static final String DIRECT = "_xmpps-client._tcp." + DOMAIN;
    private static final String UPGRADED = "_xmpp-client._tcp." + DOMAIN;

    private final ConnectFixture fixture = new ConnectFixture();
    private final ScriptedDns dns;

    DnsTest() throws Exception {
        dns = new ScriptedDns();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        dns.close();
    }

    private TransportOptions options() {
        return fixture.options().nameServers(dns.address()).build();
    }

    private static ScriptedServer tlsServer(Identity identity) throws Exception {
        return new ScriptedServer(peer -> {
            peer.tls(identity.context()).startHandshake();
            peer.drain();
        });
    }

    private static int deadPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    @DisplayName("XEP-0368: both services are asked for, and every record is tried in order of priority")
    void srv_records_areTriedInOrder() throws Exception {
        try (ScriptedServer server = tlsServer(fixture.identity())) {
            int dead = deadPort();
            dns.srv(UPGRADED, 1, 0, dead, "a.example.org")
                    .srv(DIRECT, 2, 0, server.port(), "b.example.org")
                    .address("a.example.org", "127.0.0.1")
                    .address("b.example.org", "127.0.0.1");
            XmlConnection connection = fixture.connect(options());
            assertEquals(Endpoint.directTls("b.example.org", server.port()), connection.endpoint());
            assertTrue(dns.questions().containsAll(List.of(DIRECT + "/33", UPGRADED + "/33")));
            assertTrue(dns.questions().contains("a.example.org/28"));
            fixture.run(connection::abort);
        }
    }

    @Test
    @DisplayName("T-DNS-1, T-TLS-3: a certificate for the SRV target is not one for the domain")
    void srv_certificateForTarget_isRejected() throws Exception {
        Identity attacker = fixture.authority.issue(new Spec().dns("attacker.test"));
        try (ScriptedServer server = tlsServer(attacker)) {
            dns.srv(DIRECT, 1, 0, server.port(), "attacker.test").address("attacker.test", "127.0.0.1");
            TransportException failure = fixture.connectFails(options());
            assertEquals(Reason.CERTIFICATE_REJECTED, failure.reason());
            assertTrue(String.valueOf(failure.getMessage()).contains("attacker.test"), failure::getMessage);
        }
    }

    @Test
    @DisplayName("A rejected certificate is reported first, also when a later endpoint fails otherwise")
    void certificate_isReportedFirst() throws Exception {
        Identity wrong = fixture.authority.issue(new Spec().dns("wrong.test"));
        try (ScriptedServer server = tlsServer(wrong)) {
            dns.srv(DIRECT, 1, 0, server.port(), "a.example.org")
                    .srv(UPGRADED, 2, 0, deadPort(), "a.example.org")
                    .address("a.example.org", "127.0.0.1");
            TransportException failure = fixture.connectFails(options());
            assertEquals(Reason.CERTIFICATE_REJECTED, failure.reason());
            assertEquals(2, failure.attempts().size());
        }
    }

    @Test
    @DisplayName("T-DNS-2 a target of . says that there is no such service, and no address is asked for")
    void srv_refusal_isFinal() {
        dns.srv(DIRECT, 0, 0, 0, ".").srv(UPGRADED, 0, 0, 0, ".").address(DOMAIN, "127.0.0.1");
        TransportException failure = fixture.connectFails(options());
        assertEquals(Reason.NO_SUCH_SERVICE, failure.reason());
        assertEquals(2, dns.questions().size(), () -> "the two services and nothing else: " + dns.questions());
    }

    @Test
    @DisplayName("T-DNS-3 of hundreds of records over TCP no more than 32 are tried")
    void srv_manyRecords_areBounded() throws Exception {
        int dead = deadPort();
        for (int i = 0; i < 1000; i++) {
            dns.srv(UPGRADED, i, 0, dead, "h" + i + ".test").address("h" + i + ".test", "127.0.0.1");
        }
        TransportException failure = fixture.connectFails(options());
        assertEquals(Reason.CONNECT_FAILED, failure.reason());
        assertEquals(32, failure.attempts().size());
    }

    @ParameterizedTest
    @CsvSource({"8, true", "9, false", "80, false"})
    @DisplayName("T-DNS-4 eight aliases are followed, one more or ten times as many are not")
    void alias_chain_isBounded(int length, boolean followed) throws Exception {
        try (ScriptedServer server = tlsServer(fixture.identity())) {
            dns.srv(DIRECT, 0, 0, server.port(), "h0.test").address("h" + length + ".test", "127.0.0.1");
            for (int i = 0; i < length; i++) {
                dns.alias("h" + i + ".test", "h" + (i + 1) + ".test");
            }
            if (followed) {
                fixture.run(fixture.connect(options())::abort);
            } else {
                assertEquals(Reason.DNS_FAILED, fixture.connectFails(options()).reason());
                assertEquals(0, server.accepted());
                assertTrue(
                        dns.questions().size() <= 2 + 2 * 9,
                        () -> dns.questions().toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"32, true", "33, false", "320, false"})
    @DisplayName("L27 the first 32 addresses of a host are tried, one more or ten times as many are not")
    void addresses_ofOneHost_areBounded(int addresses, boolean reached) throws Exception {
        try (ScriptedServer server = tlsServer(fixture.identity())) {
            dns.srv(DIRECT, 0, 0, server.port(), "many.test");
            // Nobody listens at any but the last.
            for (int i = 1; i < addresses; i++) {
                dns.address("many.test", "127.0." + (1 + i / 250) + "." + (1 + i % 250));
            }
            dns.address("many.test", "127.0.0.1");
            if (reached) {
                fixture.run(fixture.connect(options())::abort);
            } else {
                assertEquals(
                        Reason.CONNECT_FAILED, fixture.connectFails(options()).reason());
                assertEquals(0, server.accepted());
            }
        }
    }

    @Test
    @DisplayName("L28 a silent name server is asked twice and no more, and then nobody can say")
    void silentServer_isAskedTwice() {
        dns.code(DIRECT, ScriptedDns.SRV, ScriptedDns.SILENCE).code(UPGRADED, ScriptedDns.SRV, ScriptedDns.SILENCE);
        assertEquals(Reason.DNS_FAILED, fixture.connectFails(options()).reason());
        assertEquals(4, dns.questions().size(), "each question twice");
    }

    @Test
    @DisplayName("T-DNS-4 a service that is an alias of itself ends, and no address is guessed")
    void srv_aliasLoop_ends() {
        dns.alias(DIRECT, UPGRADED).alias(UPGRADED, DIRECT).address(DOMAIN, "127.0.0.1");
        assertEquals(Reason.DNS_FAILED, fixture.connectFails(options()).reason());
        assertTrue(dns.questions().size() <= 2 * 9, () -> dns.questions().toString());
        assertFalse(dns.questions().contains(DOMAIN + "/1"));
    }

    @Test
    @DisplayName("T-DNS-4 aliases are followed, but not round in circles")
    void alias_loop_ends() throws Exception {
        dns.srv(UPGRADED, 0, 0, 5222, "a.test").alias("a.test", "b.test").alias("b.test", "a.test");
        TransportException failure = fixture.connectFails(options());
        assertEquals(Reason.DNS_FAILED, failure.reason());
        assertTrue(dns.questions().size() <= 2 + 2 * 9, () -> dns.questions().toString());
    }

    @Test
    void alias_chain_isFollowed() throws Exception {
        try (ScriptedServer server = tlsServer(fixture.identity())) {
            dns.srv(DIRECT, 0, 0, server.port(), "a.test")
                    .alias("a.test", "b.test")
                    .alias("b.test", "c.test")
                    .address("c.test", "127.0.0.1");
            fixture.run(fixture.connect(options())::abort);
        }
    }

    @Test
    @DisplayName("Unknown host: NXDOMAIN for everything is a service that does not exist")
    void unknownHost_isNoSuchService() {
        TransportException failure = fixture.connectFails("unknown.test", options());
        assertEquals(Reason.NO_SUCH_SERVICE, failure.reason());
        assertEquals(
                List.of(Endpoint.startTls("unknown.test", 5222)),
                failure.attempts().stream()
                        .map(TransportException.Attempt::endpoint)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {ScriptedDns.SERVER_FAILURE, 5})
    @DisplayName("A failing name server is no word about the service: nothing is guessed")
    void serverFailure_isDnsFailed(int code) {
        dns.code(DIRECT, ScriptedDns.SRV, code)
                .code(UPGRADED, ScriptedDns.SRV, code)
                .address(DOMAIN, "127.0.0.1");
        assertEquals(Reason.DNS_FAILED, fixture.connectFails(options()).reason());
        assertFalse(dns.questions().contains(DOMAIN + "/1"));
        assertEquals(4, dns.questions().size(), "each question twice");
    }

    @Test
    @DisplayName("A silent name server runs into the deadline for everything")
    void silence_timesOut() {
        dns.code(DIRECT, ScriptedDns.SRV, ScriptedDns.SILENCE).code(UPGRADED, ScriptedDns.SRV, ScriptedDns.SILENCE);
        TransportException failure = fixture.connectFails(fixture.options()
                .nameServers(dns.address())
                .totalTimeout(java.time.Duration.ofMillis(300))
                .build());
        assertEquals(Reason.TIMED_OUT, failure.reason());
    }

    @Test
    @DisplayName("RFC 8305: IPv6 that refuses does not keep IPv4 from connecting")
    void deadSixBesideLiveFour_connects() throws Exception {
        try (ScriptedServer server = tlsServer(fixture.identity())) {
            dns.srv(DIRECT, 0, 0, server.port(), "dual.test")
                    .address("dual.test", "::1")
                    .address("dual.test", "127.0.0.1");
            fixture.run(fixture.connect(options())::abort);
            assertEquals(1, server.accepted());
        }
    }

    @Test
    @DisplayName("RFC 8305: IPv6 that nobody answers does not keep IPv4 from connecting")
    void silentSixBesideLiveFour_connects() throws Exception {
        try (ScriptedServer server = tlsServer(fixture.identity())) {
            dns.srv(DIRECT, 0, 0, server.port(), "dual.test")
                    .address("dual.test", "100::1")
                    .address("dual.test", "127.0.0.1");
            fixture.run(fixture.connect(options())::abort);
        }
    }

    static List<String> noDomains() {
        return List.of("evil\0.example.org", "a".repeat(64) + ".example.org", "a.".repeat(149) + "bc");
    }

    @ParameterizedTest
    @MethodSource("noDomains")
    @DisplayName("T-DNS-5 a name that cannot be one is refused at once, and nobody is asked")
    void badDomain_isRefused(String domain) {
        assertThrows(IllegalArgumentException.class, () -> fixture.transport.connect(domain, options(), fixture.loop));
        assertTrue(dns.questions().isEmpty());
    }
}
