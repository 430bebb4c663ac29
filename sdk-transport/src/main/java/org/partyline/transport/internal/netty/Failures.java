package org.partyline.transport.internal.netty;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.tls.CertificateRejectedException;

/** Names what went wrong: turns what Netty and JSSE throw into a {@link TransportException}. */
final class Failures {
    private Failures() {}

    /** What broke a connection that was up. */
    static TransportException ofConnection(Throwable error) {
        if (error instanceof TransportException known) {
            return known;
        }
        SSLException tls = find(error, SSLException.class);
        if (tls != null) {
            return new TransportException(Reason.TLS_FAILED, "TLS broke: " + tls.getMessage(), error);
        }
        IOException io = find(error, IOException.class);
        if (io != null) {
            return new TransportException(Reason.CONNECTION_LOST, "connection lost: " + message(io), error);
        }
        return new TransportException(Reason.CLOSED, "closed after an internal failure: " + error, error);
    }

    /** What ended a TLS handshake. */
    static TransportException ofHandshake(Throwable error) {
        if (error instanceof TransportException known) {
            return known;
        }
        CertificateRejectedException rejected = find(error, CertificateRejectedException.class);
        if (rejected != null) {
            return new TransportException(Reason.CERTIFICATE_REJECTED, message(rejected), error);
        }
        CertificateException certificate = find(error, CertificateException.class);
        if (certificate != null) {
            return new TransportException(
                    Reason.CERTIFICATE_REJECTED, "certificate unusable: " + message(certificate), error);
        }
        if (find(error, SslHandshakeTimeoutException.class) != null) {
            return new TransportException(Reason.TIMED_OUT, "the TLS handshake was not done in time", error);
        }
        if (find(error, NotSslRecordException.class) != null) {
            return new TransportException(
                    Reason.NOT_XMPP, "the peer does not speak TLS here; a captive portal or proxy may", error);
        }
        SSLException tls = find(error, SSLException.class);
        if (tls != null) {
            return new TransportException(Reason.TLS_FAILED, "the TLS handshake failed: " + tls.getMessage(), error);
        }
        if (find(error, ClosedChannelException.class) != null) {
            return new TransportException(Reason.TLS_FAILED, "the peer hung up during the TLS handshake", error);
        }
        return new TransportException(Reason.TLS_FAILED, "the TLS handshake failed: " + message(error), error);
    }

    /** {@return what a future failed with, out of the wrapping that stages add} */
    static Throwable unwrap(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }

    private static String message(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    private static <T extends Throwable> @Nullable T find(Throwable error, Class<T> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
