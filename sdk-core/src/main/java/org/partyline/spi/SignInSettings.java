package org.partyline.spi;

import java.util.function.Predicate;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.PinStore;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.session.CertificateChange;
import org.partyline.session.UserAgent;

/**
 * How a client signs in.
 *
 * @param options what is accepted
 * @param pins what is remembered of earlier sign-ins
 * @param secrets keeps the server's tokens
 * @param userAgent what the server is told of this client
 * @param certificateChange whether a sign-in goes on at a server that shows another key than before; called on a worker,
 *     and may block
 */
public record SignInSettings(
        SaslOptions options,
        PinStore pins,
        SecretStore secrets,
        UserAgent userAgent,
        Predicate<CertificateChange> certificateChange) {}
