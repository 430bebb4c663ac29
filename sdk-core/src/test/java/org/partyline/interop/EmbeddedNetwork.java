package org.partyline.interop;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.partyline.testkit.ClientCertificate;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.TestNetworkBuilder;
import org.partyline.transport.connection.Endpoint;

/** The network of the testkit, in this process. */
final class EmbeddedNetwork implements InteropServer {
    /** One domain for each mechanism, which offers it alone. */
    private static final Map<String, String> DOMAINS = domains();

    private final TestNetwork network = start();
    private final Path directory = Template.temporaryDirectory("embedded");
    private final Path trustFile =
            Template.write(directory.resolve("ca.pem"), TestAuthority.pem(network.trustAnchor()));

    private static Map<String, String> domains() {
        Map<String, String> domains = new LinkedHashMap<>();
        domains.put("PLAIN", "plain.chat.test");
        domains.put("SCRAM-SHA-1", "sha1.chat.test");
        domains.put("SCRAM-SHA-256", "sha256.chat.test");
        domains.put("SCRAM-SHA-512", "sha512.chat.test");
        domains.put("ANONYMOUS", "anon.chat.test");
        domains.put("EXTERNAL", "cert.chat.test");
        return domains;
    }

    private static TestNetwork start() {
        TestNetworkBuilder settings = TestNetwork.builder();
        DOMAINS.forEach((mechanism, domain) -> settings.anotherDomain(domain, mechanism));
        return settings.start();
    }

    @Override
    public String name() {
        return "the embedded network";
    }

    @Override
    public String domain() {
        return network.domain();
    }

    @Override
    public Endpoint startTls() {
        return network.startTlsEndpoint();
    }

    @Override
    public Endpoint directTls() {
        return network.directTlsEndpoint();
    }

    @Override
    public Endpoint webSocket() {
        return network.webSocketEndpoint();
    }

    @Override
    public X509Certificate trustAnchor() {
        return network.trustAnchor();
    }

    @Override
    public Path trustFile() {
        return trustFile;
    }

    @Override
    public Optional<String> domainOfferingOnly(String mechanism) {
        return Optional.ofNullable(DOMAINS.get(mechanism));
    }

    /** It takes both versions of TLS, and the newer one is agreed on. */
    @Override
    public Optional<String> modernDomain(String tlsProtocol) {
        return tlsProtocol.equals("TLSv1.3") ? Optional.of(network.domain()) : Optional.empty();
    }

    /** The account is there from then on: whoever has the certificate needs no password. */
    @Override
    public TestAuthority.Issued certificateOf(String address) {
        int at = address.indexOf('@');
        TestAccount account =
                network.account(new TestAccount(address.substring(0, at), address.substring(at + 1), "not used"));
        ClientCertificate issued = network.issueClientCertificate(account);
        return new TestAuthority.Issued(issued.key(), issued.chain().get(0));
    }

    @Override
    public void createAccount(String local, String domain, String password) {
        network.account(new TestAccount(local, domain, password));
    }

    @Override
    public String log() {
        return network.statistics() + "\nsessions: " + network.sessions();
    }

    @Override
    public void close() {
        network.close();
        Template.delete(directory);
    }
}
