package org.partyline.interop;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.partyline.transport.connection.Endpoint;

/** What Prosody and ejabberd have in common: a directory, certificates, ports, and one domain for each mechanism. */
abstract class RealServer implements InteropServer {
    /** Seconds for which a session without a connection is kept. */
    static final int HIBERNATION = 60;

    private static final String DOMAIN = "chat.test";
    /** SASL mechanisms by the label of the domain that offers it alone. */
    private static final Map<String, String> LABELS = Map.of(
            "PLAIN", "plain",
            "SCRAM-SHA-1", "sha1",
            "SCRAM-SHA-256", "sha256",
            "SCRAM-SHA-512", "sha512",
            "ANONYMOUS", "anon",
            "EXTERNAL", "cert");

    final Path directory;
    final TestAuthority authority;
    final int c2s;
    final int c2sTls;
    final int http;
    final int https;
    private final Path trustFile;
    private final List<String> mechanisms;
    private final String webSocketPath;

    RealServer(String name, String webSocketPath, List<String> mechanisms, TestAuthority authority) {
        this.authority = authority;
        this.directory = Template.temporaryDirectory(name.toLowerCase(Locale.ROOT));
        this.mechanisms = mechanisms;
        this.webSocketPath = webSocketPath;
        List<Integer> ports = ServerProcess.freePorts(4);
        this.c2s = ports.get(0);
        this.c2sTls = ports.get(1);
        this.http = ports.get(2);
        this.https = ports.get(3);
        TestAuthority.Issued server = authority.forServer(Stream.concat(
                        Stream.of(DOMAIN, "localhost", sub("modern"), sub("modern12"), sub("bound"), sub("bound12")),
                        LABELS.values().stream().map(RealServer::sub))
                .toList());
        String ca = TestAuthority.pem(authority.certificate());
        String chain = TestAuthority.pem(server.certificate()) + ca;
        String key = TestAuthority.pem(server.key());
        this.trustFile = Template.write(directory.resolve("certs/ca.pem"), ca);
        Template.write(directory.resolve("certs/server.crt"), chain);
        Template.write(directory.resolve("certs/server.key"), key);
        Template.write(directory.resolve("certs/bundle.pem"), key + chain);
    }

    /**
     * Ends the server and starts it again, with what it kept.
     *
     * @param killed whether it is ended without a word
     */
    abstract void restart(boolean killed);

    /**
     * Stops the server's process where it is, or lets it go on.
     *
     * @param stopped which of both
     */
    abstract void suspend(boolean stopped);

    /** What the configuration templates need. */
    Map<String, Object> values() {
        return Map.of("dir", directory, "c2s", c2s, "c2sTls", c2sTls, "http", http, "https", https, "root", isRoot());
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Whether the command is on the path. */
    static boolean installed(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    private static String sub(String label) {
        return label + "." + DOMAIN;
    }

    @Override
    public String domain() {
        return DOMAIN;
    }

    @Override
    public Endpoint startTls() {
        return Endpoint.startTls("127.0.0.1", c2s);
    }

    @Override
    public Endpoint directTls() {
        return Endpoint.directTls("127.0.0.1", c2sTls);
    }

    @Override
    public Endpoint webSocket() {
        return Endpoint.webSocket(URI.create("wss://localhost:" + https + webSocketPath));
    }

    @Override
    public X509Certificate trustAnchor() {
        return authority.certificate();
    }

    @Override
    public Path trustFile() {
        return trustFile;
    }

    @Override
    public Optional<String> domainOfferingOnly(String mechanism) {
        return mechanisms.contains(mechanism) ? Optional.of(sub(LABELS.get(mechanism))) : Optional.empty();
    }

    /** All mechanisms that use passwords but one, to be disabled where that one is to stand alone. */
    static String others(String mechanism, String quote) {
        return Stream.of(
                        "PLAIN",
                        "DIGEST-MD5",
                        "X-OAUTH2",
                        "SCRAM-SHA-1",
                        "SCRAM-SHA-256",
                        "SCRAM-SHA-512",
                        "SCRAM-SHA-1-PLUS",
                        "SCRAM-SHA-256-PLUS",
                        "SCRAM-SHA-512-PLUS")
                .filter(other -> !other.equals(mechanism))
                .map(other -> quote + other + quote)
                .collect(Collectors.joining(", "));
    }
}
