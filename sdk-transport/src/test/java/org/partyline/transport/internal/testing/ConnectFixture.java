package org.partyline.transport.internal.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.partyline.transport.Transports;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.Transport;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.tls.TlsConfig;

/** A transport with one loop, an authority that it trusts, and the waits that tests need. */
public final class ConnectFixture implements AutoCloseable {
    public static final String DOMAIN = "im.example.org";
    private static final int PATIENCE = 20;

    public final TestAuthority authority;
    public final Transport transport = Transports.start(1, "fixture");
    public final EventLoop loop = transport.nextLoop();

    public ConnectFixture() {
        this(new TestAuthority());
    }

    public ConnectFixture(TestAuthority authority) {
        this.authority = authority;
    }

    public TestAuthority.Identity identity() {
        return authority.issue(new TestAuthority.Spec().dns(DOMAIN));
    }

    /** Options that trust the authority alone, and look for no WebSocket. */
    public TransportOptions.Builder options() {
        return TransportOptions.builder()
                .webSocketDiscovery(false)
                .tls(TlsConfig.builder()
                        .trust(authority.root())
                        .systemTrust(false)
                        .build());
    }

    public XmlConnection connect(TransportOptions options) throws Exception {
        return transport.connect(DOMAIN, options, loop).get(PATIENCE, SECONDS);
    }

    public TransportException connectFails(String domain, TransportOptions options) {
        return failure(transport.connect(domain, options, loop));
    }

    public TransportException connectFails(TransportOptions options) {
        return connectFails(DOMAIN, options);
    }

    public static TransportException failure(CompletableFuture<?> future) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> future.get(PATIENCE, SECONDS));
        return assertInstanceOf(TransportException.class, thrown.getCause());
    }

    /** Runs something on the loop and waits for it. */
    public void run(Runnable work) throws Exception {
        CompletableFuture.runAsync(work, loop).get(PATIENCE, SECONDS);
    }

    /** Opens a stream and waits for the server's header. */
    public Recorder open(XmlConnection connection) throws Exception {
        Recorder recorder = new Recorder();
        open(connection, recorder);
        recorder.opened.get(PATIENCE, SECONDS);
        return recorder;
    }

    public void open(XmlConnection connection, Recorder recorder) throws Exception {
        run(() -> {
            connection.listener(recorder);
            connection.open(StreamHeader.toServer(null, DOMAIN));
        });
    }

    public static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE, SECONDS);
    }

    @Override
    public void close() {
        transport.close().orTimeout(PATIENCE, SECONDS).join();
    }
}
