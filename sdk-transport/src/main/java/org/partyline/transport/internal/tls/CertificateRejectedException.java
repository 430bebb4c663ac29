package org.partyline.transport.internal.tls;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** The trust decision went against a server's certificate; the message says what was expected and what was shown. */
public final class CertificateRejectedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    CertificateRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
