package org.partyline.transport.internal.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.tls.TlsConfig;

/** What a configuration wants of a server beyond a valid path and the right name: pins, and a stapled status. */
final class ServerPolicy {
    private final X509ExtendedTrustManager platform;
    private final KeyPins pins;
    private final @Nullable Instant pinsUntil;
    private final KeyPins exactPins;
    private final boolean requireStapledStatus;
    private final InstantSource clock;

    private ServerPolicy(TlsConfig config, X509ExtendedTrustManager platform, InstantSource clock) {
        this.platform = platform;
        this.pins = new KeyPins(config.pins());
        this.pinsUntil = config.pinsUntil();
        this.exactPins = new KeyPins(config.exactPins());
        this.requireStapledStatus = config.requireStapledStatus();
        this.clock = clock;
    }

    /**
     * Reads the policy out of the settings.
     *
     * @param config the settings
     * @param platform knows the trust anchors
     * @param clock says when pins end
     */
    static ServerPolicy of(TlsConfig config, X509ExtendedTrustManager platform, InstantSource clock) {
        return new ServerPolicy(config, platform, clock);
    }

    /** {@return whether a path to a trust anchor is wanted, which only exact pins stand in for} */
    boolean asksAuthorities() {
        return exactPins.isEmpty();
    }

    /**
     * Checks a chain that the platform found valid, unless {@link #asksAuthorities()} says that nobody asked it.
     *
     * @param chain what the peer sent, leaf first
     * @param engine the engine whose handshake is under way
     * @throws CertificateException if the chain does not do; its message says why
     */
    void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
        if (!exactPins.isEmpty()) {
            if (!exactPins.holdOneOf(List.of(chain[0]))) {
                throw new CertificateException("its key is none of those that are trusted exactly");
            }
            return;
        }
        byte[] staple = StapledStatus.of(engine);
        boolean pinned =
                !pins.isEmpty() && (pinsUntil == null || clock.instant().isBefore(pinsUntil));
        TrustedPath path = pinned || staple != null ? TrustedPath.of(chain, platform.getAcceptedIssuers()) : null;
        if (pinned && path != null && !pins.holdOneOf(path.certificates())) {
            throw new CertificateException("its chain holds none of the pinned keys");
        }
        boolean good = staple != null && path != null && StapledStatus.isGood(path, staple);
        if (!good && requireStapledStatus) {
            throw new CertificateException(
                    staple == null ? "no status is stapled to it" : "the status stapled to it is not valid");
        }
        if (!good && StapledStatus.isRequiredBy(chain[0])) {
            throw new CertificateException("it is void without a stapled status, and has no valid one");
        }
    }
}
