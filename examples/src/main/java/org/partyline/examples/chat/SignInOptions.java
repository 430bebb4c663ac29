package org.partyline.examples.chat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.spi.SessionLimits;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.xmpp.Xmpp;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say as whom, where and how to sign in. */
final class SignInOptions {
    private static final int STARTTLS_PORT = 5222;
    private static final int DIRECT_TLS_PORT = 5223;
    private static final Duration LONGEST_STEP = Duration.ofSeconds(10);

    @Option(
            names = {"-a", "--account"},
            paramLabel = "YOU@SERVER",
            converter = AddressConverter.class,
            description = "The account to sign in with; /NAME after it names this device.")
    private @Nullable Jid account;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "HOST[:PORT]",
            description =
                    "Where to connect to, instead of looking up the account's domain. The certificate must be the "
                            + "domain's all the same.")
    private @Nullable String server;

    @ArgGroup
    private @Nullable Kind kind;

    @Option(
            names = "--trust",
            paramLabel = "FILE.pem",
            description =
                    "Trust the certificates in this file, too: those of a private authority, or the server's own.")
    private @Nullable Path trust;

    @Option(
            names = "--allow-plain",
            description =
                    "Accept a server that offers no better than PLAIN, which tells it the password; under TLS alone.")
    private boolean allowPlain;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long finding and connecting may take, and again signing in: 1 to 300 (default: ${DEFAULT-VALUE}).")
    private int timeout;

    /** How the stream is secured and carried; one of them. */
    static final class Kind {
        @Option(
                names = "--direct-tls",
                description = "TLS from the first byte; the port is " + DIRECT_TLS_PORT + " if none is given.")
        private boolean directTls;

        @Option(
                names = "--starttls",
                description = "TLS after STARTTLS (the default with --server); the port is " + STARTTLS_PORT
                        + " if none is given.")
        @SuppressWarnings("UnusedVariable") // it is the default; to be able to say so is enough
        private boolean startTls;

        @Option(names = "--websocket", paramLabel = "URL", description = "WebSocket, at a wss:// URL.")
        private @Nullable URI webSocket;
    }

    /** Reads an address, and says which part is wrong. */
    static final class AddressConverter implements ITypeConverter<Jid> {
        @Override
        public Jid convert(String text) {
            Jid address;
            try {
                address = Jid.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            if (address.local() == null) {
                throw new TypeConversionException("not an account's address: it lacks the name before the @");
            }
            return address;
        }
    }

    @Nullable
    Jid account() {
        return account;
    }

    Duration timeout() {
        return Duration.ofSeconds(timeout);
    }

    /** {@return whether anything says where to connect to} */
    boolean namesServer() {
        return server != null || kind != null || trust != null;
    }

    /**
     * {@return a client's settings, all but account and credentials}
     *
     * @throws IllegalArgumentException if the options do not fit together; the message is for the user
     */
    ChatClient.Builder builder() {
        if (timeout < 1 || timeout > 300) {
            throw new IllegalArgumentException("--timeout is 1 to 300 seconds, not " + timeout);
        }
        Duration step = timeout().compareTo(LONGEST_STEP) < 0 ? timeout() : LONGEST_STEP;
        TransportOptions.Builder transport = TransportOptions.builder()
                .totalTimeout(timeout())
                .connectTimeout(step)
                .handshakeTimeout(step);
        if (trust != null) {
            transport.tls(trusting(trust));
        }
        Endpoint endpoint = endpoint();
        if (endpoint != null) {
            transport.endpoints(endpoint);
        }
        return ChatClient.builder()
                .protocol(Xmpp.create())
                .sasl(SaslOptions.DEFAULT.withPlain(allowPlain))
                .limits(SessionLimits.builder().negotiationTimeout(timeout()).build())
                .transport(transport.build())
                .trace(TraceCommand.KEPT);
    }

    private static TlsConfig trusting(Path file) {
        TlsConfig.Builder tls = TlsConfig.builder();
        TrustFile.read(file).forEach(tls::trust);
        return tls.build();
    }

    private @Nullable Endpoint endpoint() {
        URI webSocket = kind == null ? null : kind.webSocket;
        if (webSocket != null) {
            if (server != null) {
                throw new IllegalArgumentException("--websocket says where to connect to; leave --server out");
            }
            return Endpoint.webSocket(webSocket);
        }
        if (server == null) {
            if (kind != null) {
                throw new IllegalArgumentException("--direct-tls and --starttls go with --server HOST[:PORT]");
            }
            return null;
        }
        boolean direct = kind != null && kind.directTls;
        HostAndPort at = HostAndPort.parse(server, direct ? DIRECT_TLS_PORT : STARTTLS_PORT);
        return direct ? Endpoint.directTls(at.host(), at.port()) : Endpoint.startTls(at.host(), at.port());
    }
}
