package org.partyline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client of blocking sockets and strings: it shares no code with the network, nor with the SDK. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int QUIET_MILLIS = 300;
    private static final String STREAM = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='%s'>";

    private final TestNetwork network;
    private final String domain;
    private Socket socket;
    private final StringBuilder received = new StringBuilder();
    private int reads;
    private int largestRead;

    RawClient(TestNetwork network, String domain, Socket socket) throws IOException {
        this.network = network;
        this.domain = domain;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    static RawClient plain(TestNetwork network) throws IOException {
        return new RawClient(
                network,
                network.domain(),
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        network.startTlsEndpoint().port()));
    }

    static RawClient directTls(TestNetwork network) throws IOException {
        return directTls(network, network.domain(), null);
    }

    static RawClient directTls(TestNetwork network, String domain, @Nullable ClientCertificate certificate)
            throws IOException {
        SSLSocket socket = (SSLSocket) context(network, certificate)
                .getSocketFactory()
                .createSocket(
                        new Socket(
                                InetAddress.getLoopbackAddress(),
                                network.directTlsEndpoint().port()),
                        domain,
                        network.directTlsEndpoint().port(),
                        true);
        verifyName(socket);
        return new RawClient(network, domain, socket);
    }

    /** Signs in by PLAIN and binds the resource. */
    static RawClient online(TestNetwork network, TestAccount account, String resource) throws IOException {
        RawClient client = directTls(network);
        client.signIn(account);
        client.bind(resource);
        return client;
    }

    /** The same, with initial presence sent and seen. */
    static RawClient available(TestNetwork network, TestAccount account, String resource) throws IOException {
        RawClient client = online(network, account, resource);
        client.send("<presence/>");
        client.awaitMatch("<presence from='" + account.jid() + "/" + resource + "'[^>]*>");
        return client;
    }

    static SSLContext context(TestNetwork network, @Nullable ClientCertificate certificate) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("anchor", network.trustAnchor());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors);
            KeyManager[] keys = null;
            if (certificate != null) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry(
                        "client",
                        certificate.key(),
                        new char[0],
                        certificate.chain().toArray(java.security.cert.Certificate[]::new));
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(store, new char[0]);
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void verifyName(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"xmpp-client"});
        socket.setSSLParameters(parameters);
    }

    SSLSocket tls() {
        return (SSLSocket) socket;
    }

    /** Opens a stream and returns the features. */
    String open() {
        send(STREAM.formatted(domain));
        return awaitElement("stream:features");
    }

    void startTls() throws IOException {
        open();
        send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        awaitText("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        SSLSocket secured = (SSLSocket)
                context(network, null).getSocketFactory().createSocket(socket, domain, socket.getPort(), true);
        verifyName(secured);
        secured.startHandshake();
        socket = secured;
    }

    /** Signs in by PLAIN and opens the stream that follows. */
    void signIn(TestAccount account) {
        open();
        send(plainAuth(account));
        awaitSuccess();
        open();
    }

    void awaitSuccess() {
        awaitMatch("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'[^>]*>");
    }

    static String plainAuth(TestAccount account) {
        return auth("PLAIN", "\0" + account.username() + "\0" + account.password());
    }

    static String auth(String mechanism, String initialResponse) {
        byte[] response = initialResponse.getBytes(StandardCharsets.UTF_8);
        return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='" + mechanism + "'>"
                + (response.length == 0 ? "=" : Base64.getEncoder().encodeToString(response)) + "</auth>";
    }

    String bind(String resource) {
        send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + resource
                + "</resource></bind></iq>");
        return awaitElement("iq");
    }

    /** Asks for stream management, and returns the id to resume by. */
    String enableManagement() {
        send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
        return attribute(awaitMatch("<enabled [^>]*>"), "id");
    }

    /** Asks to resume a session, and returns the server's answer. */
    String resume(String id, long handled) {
        send("<resume xmlns='urn:xmpp:sm:3' previd='" + id + "' h='" + handled + "'/>");
        return awaitMatch("<resumed [^>]*>|<failed [^>]*>.*?</failed>");
    }

    void say(String to, String body) {
        send(message(to, body));
    }

    static String message(String to, String body) {
        return "<message type='chat' to='" + to + "'><body>" + body + "</body></message>";
    }

    void send(String xml) {
        sendBytes(xml.getBytes(StandardCharsets.UTF_8));
    }

    void sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for an element whose end tag is written out, and returns it; what came before it is dropped. */
    String awaitElement(String name) {
        return awaitMatch("(?s)<" + name + "(?:\\s[^>]*)?(?:/>|>.*?</" + name + ">)");
    }

    /** Waits for a text and drops everything up to its end. */
    void awaitText(String text) {
        awaitMatch(Pattern.quote(text));
    }

    /** Waits for a match and drops everything up to its end. */
    String awaitMatch(String expression) {
        Pattern pattern = Pattern.compile(expression);
        while (true) {
            Matcher matcher = pattern.matcher(received);
            if (matcher.find()) {
                String found = matcher.group();
                received.delete(0, matcher.end());
                return found;
            }
            if (!readMore()) {
                throw new AssertionError("the connection ended without " + expression + ", after " + received);
            }
        }
    }

    /** Asks the server something and returns all that came before the answer. */
    String untilPong() {
        send("<iq type='get' id='sync' to='" + domain + "'><ping xmlns='urn:xmpp:ping'/></iq>");
        String until = awaitMatch("(?s).*?<iq [^>]*id='sync'[^>]*/>");
        return until.substring(0, until.lastIndexOf("<iq "));
    }

    /** Returns whether nothing comes for a while, and the connection stays open. */
    boolean staysQuiet() throws IOException {
        socket.setSoTimeout(QUIET_MILLIS);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    /** Returns how often something was read. */
    int reads() {
        return reads;
    }

    /** Returns how many bytes came at once, at the most. */
    int largestRead() {
        return largestRead;
    }

    /** Reads until the server closes, and returns what came. */
    String awaitEnd() {
        while (readMore()) {
            // All of it is wanted.
        }
        return received.toString();
    }

    /** Returns whether more came; false at the end of the connection. */
    private boolean readMore() {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = socket.getInputStream();
            int read = in.read(buffer);
            if (read < 0) {
                return false;
            }
            reads++;
            largestRead = Math.max(largestRead, read);
            received.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            return true;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing more came, after " + received, e);
        } catch (IOException e) {
            return false;
        }
    }

    static String attribute(String tag, String name) {
        Matcher matcher = Pattern.compile(" " + name + "='([^']*)'").matcher(tag);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + tag);
        }
        return matcher.group(1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
