package org.partyline.robustness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.partyline.interop.TestAuthority;
import org.partyline.testkit.TestNetwork;
import org.partyline.transport.connection.Endpoint;

/**
 * Somebody in between: TLS ends here with a certificate for the network's domain by an authority of his own, and what was
 * under it goes on to the network under another TLS, word for word.
 */
final class TlsRelay implements AutoCloseable {
    private static final char[] PASSWORD = "relay".toCharArray();

    private final TestAuthority authority = new TestAuthority();
    private final ServerSocket listener;
    private final SSLContext own;
    private final SSLContext network;
    private final String domain;
    private final int port;
    private final AtomicInteger relayed = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsRelay(TestNetwork target) {
        try {
            this.domain = target.domain();
            this.port = target.directTlsEndpoint().port();
            TestAuthority.Issued server = authority.forServer(List.of(domain));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("relay", server.key(), PASSWORD, new X509Certificate[] {
                server.certificate(), authority.certificate()
            });
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            own = SSLContext.getInstance("TLS");
            own.init(managers.getKeyManagers(), null, null);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("network", target.trustAnchor());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            network = SSLContext.getInstance("TLS");
            network.init(null, trust.getTrustManagers(), null);
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TlsRelay to(TestNetwork network) {
        TlsRelay relay = new TlsRelay(network);
        daemon(relay::accept);
        return relay;
    }

    X509Certificate trustAnchor() {
        return authority.certificate();
    }

    Endpoint endpoint() {
        return Endpoint.directTls("127.0.0.1", listener.getLocalPort());
    }

    /** How many connections were relayed under two TLS sessions. */
    int relayed() {
        return relayed.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> relay(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void relay(Socket plain) {
        try {
            SSLSocket client = (SSLSocket) own.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
            client.setUseClientMode(false);
            client.startHandshake();
            SSLSocket server = (SSLSocket) network.getSocketFactory().createSocket("127.0.0.1", port);
            SSLParameters parameters = server.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(domain)));
            server.setSSLParameters(parameters);
            server.startHandshake();
            relayed.incrementAndGet();
            open.add(client);
            open.add(server);
            daemon(() -> pump(client, server));
            pump(server, client);
        } catch (IOException e) {
            // One side has gone, which ends the relaying and nothing else.
            close(plain);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // As above.
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set.copyOf(open).forEach(this::close);
    }
}
