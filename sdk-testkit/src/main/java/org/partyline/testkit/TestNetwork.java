package org.partyline.testkit;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.net.NetworkServer;
import org.partyline.testkit.internal.net.NetworkServer.Port;
import org.partyline.testkit.internal.net.TlsSides;
import org.partyline.testkit.internal.route.Archives;
import org.partyline.testkit.internal.route.Directory;
import org.partyline.testkit.internal.route.Router;
import org.partyline.testkit.internal.stream.Statistics;
import org.partyline.testkit.internal.tls.Authority;
import org.partyline.testkit.internal.tls.Issued;
import org.partyline.testkit.internal.tls.ServerTls;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.transport.xml.XmlElement;

/**
 * An instant-messaging network in the same process, for tests and demos only: it keeps everything in memory, trusts nobody
 * but its own throw-away certificate authority, and listens on loopback alone.
 *
 * <pre>{@code
 * try (TestNetwork network = TestNetwork.start()) {
 *     TestAccount juliet = network.account("juliet");
 *     // connect a client to network.directTlsEndpoint(), with network.tlsConfig(), as juliet.jid()
 *     network.faults(juliet).cut();
 *     network.await(statistics -> statistics.resumptions() == 1, Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>Methods may be called by any thread, and wait for the network's own thread; the network calls nobody back.
 * After {@link #close()} they throw {@link IllegalStateException}.
 */
public final class TestNetwork implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final NetworkServer server;
    private final Directory directory;
    private final Authority authority;
    private final String domain;
    private boolean closed;

    TestNetwork(TestNetworkBuilder settings) {
        this.authority = settings.authority();
        List<Domain> domains = settings.domains();
        this.domain = domains.get(0).name();
        this.directory = new Directory(domains);
        List<String> names = domains.stream().map(Domain::name).toList();
        ServerTls tls = ServerTls.of(authority, names, settings.tlsVersions(), settings.asksForCertificate());
        this.server = new NetworkServer(
                domain,
                new Router(directory, settings.archivePage()),
                settings.streamSettings(),
                new TlsSides(
                        tls,
                        () -> ServerTls.of(
                                Authority.create(), names, settings.tlsVersions(), settings.asksForCertificate())));
        try {
            server.listen();
            settings.accounts().forEach(this::account);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** {@return a running network with the domain {@code chat.test} and no accounts} */
    public static TestNetwork start() {
        return builder().start();
    }

    /** {@return a builder with the defaults} */
    public static TestNetworkBuilder builder() {
        return new TestNetworkBuilder();
    }

    /** {@return the first domain} */
    public String domain() {
        return domain;
    }

    /**
     * {@return an account of the first domain, made now if there is none; its password is {@code "pass-"} and the name}
     *
     * @param username the local part
     * @throws IllegalArgumentException if that cannot be a local part
     */
    public TestAccount account(String username) {
        return account(username, "pass-" + username);
    }

    /**
     * {@return an account of the first domain with this password, made now if there is none}
     *
     * @param username the local part
     * @param password the password
     * @throws IllegalArgumentException if {@code username} cannot be a local part
     */
    public TestAccount account(String username, String password) {
        return account(new TestAccount(username, domain, password));
    }

    /**
     * Makes an account, or gives the one that there is a new password.
     *
     * @param account the account
     * @return the account, with its name as the network writes it
     * @throws IllegalArgumentException if the name cannot be a local part, or the network does not serve the domain
     */
    public TestAccount account(TestAccount account) {
        if (!Address.isLocal(account.username())) {
            throw new IllegalArgumentException("not a local part: " + account.username());
        }
        Domain served = directory.domain(Address.bare("", account.domain()).domain());
        if (served == null) {
            throw new IllegalArgumentException("this network does not serve " + account.domain());
        }
        Account made = server.call(() -> served.create(account.username(), account.password()));
        return new TestAccount(made.address().local(), served.name(), account.password());
    }

    /** {@return where STARTTLS is spoken} */
    public Endpoint startTlsEndpoint() {
        return Endpoint.startTls(LOOPBACK, server.port(Port.STARTTLS));
    }

    /** {@return where TLS is spoken from the first byte (XEP-0368)} */
    public Endpoint directTlsEndpoint() {
        return Endpoint.directTls(LOOPBACK, server.port(Port.DIRECT_TLS));
    }

    /**
     * {@return where streams are carried by WebSocket (RFC 7395)} The same port answers requests for
     * {@code /.well-known/host-meta} (XEP-0156).
     */
    public Endpoint webSocketEndpoint() {
        return Endpoint.webSocket(URI.create(server.webSocketAddress()));
    }

    /** {@return the certificate that signed the server's: trust it, and nothing else} */
    public X509Certificate trustAnchor() {
        return authority.certificate();
    }

    /** {@return settings that trust this network's authority alone} */
    public TlsConfig tlsConfig() {
        return TlsConfig.builder().systemTrust(false).trust(trustAnchor()).build();
    }

    /**
     * Issues a certificate for SASL EXTERNAL. The network asks for it where EXTERNAL is among its mechanisms.
     *
     * @param account whom it proves
     * @return key and chain
     */
    public ClientCertificate issueClientCertificate(TestAccount account) {
        Issued issued = authority.forAccount(account.jid());
        return new ClientCertificate(issued.key(), List.of(issued.certificate(), authority.certificate()));
    }

    /** {@return the faults that hold for all} */
    public Faults faults() {
        return new Faults(server, server.call(() -> server.hub().faults()), null);
    }

    /**
     * {@return the faults of one account}
     *
     * @param account the account
     * @throws IllegalArgumentException if there is no such account
     */
    public Faults faults(TestAccount account) {
        Account known = known(account);
        return new Faults(server, known.faults(), known);
    }

    /**
     * Resets an account's present connections.
     *
     * @param account the account
     */
    public void cut(TestAccount account) {
        faults(account).cut();
    }

    private Account known(TestAccount account) {
        Account known = server.call(() -> directory.account(Address.bare(account.username(), account.domain())));
        if (known == null) {
            throw new IllegalArgumentException("no such account: " + account.jid());
        }
        return known;
    }

    /** {@return the full addresses of all bound sessions, those that wait to be resumed included} */
    public List<String> sessions() {
        return server.call(() -> directory.accounts().stream()
                .flatMap(account -> account.sessions().stream())
                .map(session -> session.address().toString())
                .toList());
    }

    /**
     * {@return how many messages wait for an account to come online}
     *
     * @param account the account
     */
    public int offlineMessages(TestAccount account) {
        Account known = known(account);
        return server.call(() -> known.offline().size());
    }

    /** {@return what was counted so far} */
    public NetworkStatistics statistics() {
        return server.call(this::snapshot);
    }

    private NetworkStatistics snapshot() {
        Statistics now = server.hub().statistics();
        Archives archives = server.hub().router().archives();
        return new NetworkStatistics(
                now.accepted(),
                now.open(),
                now.online(),
                now.hibernating(),
                now.signIns(),
                now.failedSignIns(),
                now.resumed(),
                now.received(),
                now.sent(),
                new SignInStatistics(
                        now.attempts(),
                        now.byMechanism(),
                        now.roundTrips(),
                        now.boundInline(),
                        now.tokensIssued(),
                        now.upgrades()),
                new ArchiveStatistics(archives.messages(), archives.repeated(), archives.queries()));
    }

    /**
     * Waits until the statistics are as wanted. They are looked at after every change, not polled.
     *
     * @param condition what is wanted; called by the network's thread, must not block
     * @param timeout how long to wait
     * @throws IllegalStateException if it does not come about in time, with the statistics as they are then; or if the
     *     condition fails, with its failure as the cause
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void await(Predicate<NetworkStatistics> condition, Duration timeout) throws InterruptedException {
        CompletableFuture<Void> reached = server.until(() -> condition.test(snapshot()));
        try {
            reached.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not within " + timeout + ": " + statistics(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the condition failed", e.getCause());
        } finally {
            reached.cancel(false);
        }
    }

    /**
     * {@return every byte that clients sent before TLS, in the order of arrival} The first 16 MiB are kept.
     *
     * @throws IllegalStateException if there was more
     */
    public byte[] clearTextReceived() {
        return server.clearText();
    }

    /**
     * Sends a stanza to all sessions of an account, exactly as it is given: from whom it claims to be, and whatever it holds.
     *
     * @param to the account
     * @param stanza the stanza
     * @return how many sessions it was sent to
     */
    public int inject(TestAccount to, XmlElement stanza) {
        Account known = known(to);
        Objects.requireNonNull(stanza, "stanza");
        return server.call(() -> {
            known.sessionsNow().forEach(session -> session.send(stanza));
            return known.sessions().size();
        });
    }

    /**
     * {@return an account that counts the messages that come in and drops them, whether it is online or not}
     *
     * @param username the local part
     * @throws IllegalArgumentException if that cannot be a local part
     */
    public TestAccount sink(String username) {
        TestAccount account = account(username);
        Account known = known(account);
        server.run(known::makeSink);
        return account;
    }

    /**
     * {@return how many messages a {@link #sink} has dropped}
     *
     * @param sink the account
     * @throws IllegalArgumentException if there is no such account
     */
    public long swallowed(TestAccount sink) {
        Account known = known(sink);
        return server.call(known::swallowed);
    }

    /**
     * Sends many chat messages to an account, as fast as its client takes them: the sender's address is {@code flood} at the
     * account's domain, the ids are {@code flood-1} and so on.
     *
     * @param to the account; it must have one session with a connection
     * @param count how many, at least 0
     * @param body the text of each
     * @return completes when the last was written; fails with {@link IllegalStateException} if the session ends before, or
     *     there is none; cancelling it stops the flood. Completed by the network's thread, which must not be blocked
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public CompletableFuture<Void> flood(TestAccount to, int count, String body) {
        Account known = known(to);
        Objects.requireNonNull(body, "body");
        if (count < 0) {
            throw new IllegalArgumentException("must not be negative: " + count);
        }
        return server.flood(known, count, body);
    }

    /**
     * Ends all streams with {@code system-shutdown}, as a server does that is stopped, forgets what could be resumed, and
     * accepts no connections until {@link #restart()}. Accounts, rosters and waiting messages stay.
     */
    public void shutdownGracefully() {
        server.shutDown(StreamError.of("system-shutdown"));
    }

    /** Listens again, on the same ports, after {@link #shutdownGracefully()}. Does nothing if it listens. */
    public void restart() {
        server.listen();
    }

    /** Closes every connection and ends every thread of the network, and returns when that is done. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.close();
        }
    }
}
