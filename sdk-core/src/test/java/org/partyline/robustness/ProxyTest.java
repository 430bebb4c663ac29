package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.error.ConnectionException;
import org.partyline.error.ConnectionException.Reason;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.testkit.TestNetwork;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.proxy.ProxyServer;
import org.partyline.transport.proxy.ProxyServer.Kind;

/** The whole client through honest proxies, to names that nobody but the proxy knows. */
class ProxyTest {
    private static final String DOMAIN = "chat.invalid";
    private static final String HOST = "node.chat.invalid";

    private static TestNetwork network() {
        return TestNetwork.builder().domain(DOMAIN).start();
    }

    private static TestProxy proxy(Kind kind, @Nullable String credentials, TestNetwork network) {
        int startTls = network.startTlsEndpoint().port();
        int directTls = network.directTlsEndpoint().port();
        return new TestProxy(
                kind,
                credentials,
                Map.of(DOMAIN + ":5222", startTls, HOST + ":5222", startTls, HOST + ":5223", directTls));
    }

    /** Without endpoints, and with a name server that counts what it is asked. */
    private static ChatClient.Builder builder(
            Clients clients, TestNetwork network, NoSuchNames names, ProxyServer proxy) {
        return clients.builder(network, network.account("juliet"))
                .transport(TransportOptions.builder()
                        .tls(network.tlsConfig())
                        .nameServers(names.address())
                        .build())
                .proxy(proxy);
    }

    private static ProxyServer as(TestProxy proxy, String name, String password) {
        return proxy.address().withCredentials(name, password::toCharArray);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName(
            "Signing in through a proxy by the account's domain alone: the name goes to the proxy, and nowhere else")
    void domainAlone_signsIn(Kind kind) throws Exception {
        try (TestNetwork network = network();
                NoSuchNames names = new NoSuchNames();
                TestProxy proxy = proxy(kind, "romeo:s3cret", network);
                Clients clients = new Clients("proxy-domain")) {
            ChatClient client = clients.online(builder(clients, network, names, as(proxy, "romeo", "s3cret")));
            CompletableFuture<String> heard = new CompletableFuture<>();
            client.messages().incoming().subscribe(message -> heard.complete(message.body()));
            Await.outcome(client.messages()
                    .to(Jid.parse("juliet@" + DOMAIN))
                    .body("Art thou there?")
                    .send());
            assertEquals("Art thou there?", Await.outcome(heard));
            assertEquals(List.of(DOMAIN + ":5222"), proxy.requests());
            assertEquals(List.of("romeo:s3cret"), proxy.presented());
            assertEquals(0, names.asked());
        }
    }

    @ParameterizedTest
    @CsvSource({"SOCKS5, true", "SOCKS5, false", "HTTP_CONNECT, true", "HTTP_CONNECT, false"})
    @DisplayName(
            "Endpoints go to the proxy by name, with STARTTLS and with direct TLS; credentials that nobody asks for do not")
    void endpoints_signIn(Kind kind, boolean direct) throws Exception {
        Endpoint endpoint = direct ? Endpoint.directTls(HOST, 5223) : Endpoint.startTls(HOST, 5222);
        try (TestNetwork network = network();
                NoSuchNames names = new NoSuchNames();
                TestProxy proxy = proxy(kind, null, network);
                Clients clients = new Clients("proxy-endpoints")) {
            clients.online(builder(clients, network, names, proxy.address()).endpoints(endpoint));
            assertEquals(List.of(HOST + ":" + endpoint.port()), proxy.requests());
            assertEquals(List.of(), proxy.presented());
            assertEquals(0, names.asked());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("A WebSocket goes through the proxy, too")
    void webSocket_signsIn(Kind kind) throws Exception {
        try (TestNetwork network = network();
                NoSuchNames names = new NoSuchNames()) {
            URI uri = Objects.requireNonNull(network.webSocketEndpoint().uri());
            int port = network.webSocketEndpoint().port();
            String target = uri.getHost() + ":" + port;
            String asked = kind == Kind.SOCKS5 && uri.getHost().startsWith("127.") ? "kind 1 " + target : target;
            try (TestProxy proxy = new TestProxy(kind, null, Map.of(asked, port));
                    Clients clients = new Clients("proxy-websocket")) {
                clients.online(builder(clients, network, names, proxy.address()).endpoints(Endpoint.webSocket(uri)));
                assertEquals(List.of(asked), proxy.requests());
                assertEquals(0, names.asked());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("A connection through a proxy that was cut comes back through it, and is resumed")
    void cut_comesBack(Kind kind) throws Exception {
        try (TestNetwork network = network();
                NoSuchNames names = new NoSuchNames();
                TestProxy proxy = proxy(kind, null, network);
                Clients clients = new Clients("proxy-cut")) {
            ChatClient client = clients.online(builder(clients, network, names, proxy.address()));
            Clients.comeBackAtOnce(client);
            CompletableFuture<StateChange> back = Clients.next(client, ConnectionState.ONLINE);
            proxy.cut();
            assertTrue(Await.outcome(back).resumed());
            assertEquals(List.of(DOMAIN + ":5222", DOMAIN + ":5222"), proxy.requests());
            assertEquals(0, names.asked());
        }
    }

    @ParameterizedTest
    @CsvSource({"SOCKS5, true", "SOCKS5, false", "HTTP_CONNECT, true", "HTTP_CONNECT, false"})
    @DisplayName(
            "A proxy that refuses is told as such, asked once, and not to be retried; the password is in no message")
    void wrongCredentials_areTold(Kind kind, boolean given) throws Exception {
        try (TestNetwork network = network();
                NoSuchNames names = new NoSuchNames();
                TestProxy proxy = proxy(kind, "romeo:s3cret", network);
                Clients clients = new Clients("proxy-wrong")) {
            ProxyServer used = given ? as(proxy, "romeo", "wr0ng") : proxy.address();
            ConnectionException refused = Await.failure(
                    ConnectionException.class,
                    clients.build(builder(clients, network, names, used)).connect());
            assertEquals(Reason.PROXY_AUTHENTICATION_FAILED, refused.reason());
            assertFalse(refused.isRetryable());
            assertEquals(1, refused.attempts().size());
            assertTrue(String.valueOf(refused.getMessage()).contains(used.toString()), refused::getMessage);
            assertFalse(refused.toString().contains("wr0ng"), refused::toString);
            assertEquals(given ? List.of("romeo:wr0ng") : List.of(), proxy.presented());
            assertEquals(0, network.statistics().connectionsAccepted());
        }
    }

    @Test
    @DisplayName("A proxy that is not there is told by its name, and may be tried again")
    void noProxy_isTold() throws Exception {
        int port = Switchboard.freePort();
        try (TestNetwork network = network();
                NoSuchNames names = new NoSuchNames();
                Clients clients = new Clients("proxy-none")) {
            ConnectionException refused = Await.failure(
                    ConnectionException.class,
                    clients.build(builder(clients, network, names, ProxyServer.socks5("127.0.0.1", port)))
                            .connect());
            assertEquals(Reason.PROXY_FAILED, refused.reason());
            assertTrue(refused.isRetryable());
            assertTrue(String.valueOf(refused.getMessage()).contains("SOCKS5 127.0.0.1:" + port), refused::getMessage);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("A host that the proxy cannot reach is nobody else's matter: no other way is tried")
    void unreachable_isTold(Kind kind) throws Exception {
        try (TestNetwork network = network();
                NoSuchNames names = new NoSuchNames();
                TestProxy proxy = new TestProxy(kind, null, Map.of());
                Clients clients = new Clients("proxy-unreachable")) {
            ConnectionException refused = Await.failure(
                    ConnectionException.class,
                    clients.build(builder(clients, network, names, proxy.address()))
                            .connect());
            assertEquals(Reason.UNREACHABLE, refused.reason());
            assertEquals(2, refused.attempts().size());
            assertEquals(List.of(DOMAIN + ":5222", DOMAIN + ":5223", DOMAIN + ":443"), proxy.requests());
            assertEquals(0, names.asked());
            assertEquals(0, network.statistics().connectionsAccepted());
        }
    }
}
