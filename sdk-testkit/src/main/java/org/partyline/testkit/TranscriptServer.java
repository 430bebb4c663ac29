package org.partyline.testkit;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.partyline.testkit.internal.script.ScriptPlayer;
import org.partyline.testkit.internal.tls.Authority;
import org.partyline.testkit.internal.tls.ServerTls;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.tls.TlsConfig;

/**
 * A server on loopback that plays {@link Transcript}s: the first for the first connection, the next for the next. For tests
 * only. Methods may be called by any thread.
 */
public final class TranscriptServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final ScriptPlayer player;

    private TranscriptServer(ScriptPlayer player) {
        this.player = player;
    }

    /**
     * Listens, and begins to play.
     *
     * @param domain whom the certificate is for
     * @param transcripts one for each connection
     * @return the server
     */
    public static TranscriptServer play(String domain, Transcript... transcripts) {
        ServerTls tls = ServerTls.of(Authority.shared(), List.of(domain), List.of("TLSv1.3", "TLSv1.2"), false);
        return new TranscriptServer(new ScriptPlayer(
                tls.context(), Arrays.stream(transcripts).map(Transcript::steps).toList()));
    }

    /** {@return where to connect to if the transcript begins in the clear} */
    public Endpoint startTlsEndpoint() {
        return Endpoint.startTls(LOOPBACK, player.port());
    }

    /** {@return where to connect to if the transcript begins with TLS} */
    public Endpoint directTlsEndpoint() {
        return Endpoint.directTls(LOOPBACK, player.port());
    }

    /** {@return the certificate that signed the server's} */
    public X509Certificate trustAnchor() {
        return Authority.shared().certificate();
    }

    /** {@return settings that trust this server's authority alone} */
    public TlsConfig tlsConfig() {
        return TlsConfig.builder().systemTrust(false).trust(trustAnchor()).build();
    }

    /** {@return all that clients sent so far, as it stood within TLS where there was TLS} */
    public byte[] received() {
        return player.received();
    }

    /**
     * Waits until every transcript was played.
     *
     * @param timeout how long to wait
     * @throws IllegalStateException if a step could not be played, or not in time; names the step
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void awaitPlayed(Duration timeout) throws InterruptedException {
        try {
            player.finished().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("stuck at " + player.progress(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("not within " + timeout + ", at " + player.progress(), e);
        }
    }

    /** Closes every connection and ends the server's thread. */
    @Override
    public void close() {
        player.close();
    }
}
