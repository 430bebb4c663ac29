package org.partyline.transport.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable TLS settings: what is trusted, and which certificate this side shows. TLS 1.2 or later, with forward
 * secrecy; the server's name is always checked (RFC 9525), and no setting turns that off.
 */
public final class TlsConfig {

    /** The platform's trust anchors, no client certificate. */
    public static final TlsConfig DEFAULT = new Builder().build();

    private static final int PIN_BYTES = 32;

    private final List<X509Certificate> trustAnchors;
    private final boolean systemTrust;
    private final @Nullable PrivateKey clientKey;
    private final List<X509Certificate> clientChain;
    private final Set<String> pins;
    private final @Nullable Instant pinsUntil;
    private final Set<String> exactPins;
    private final boolean requireStapledStatus;

    private TlsConfig(Builder builder) {
        this.trustAnchors = List.copyOf(builder.trustAnchors);
        this.systemTrust = builder.systemTrust;
        this.clientKey = builder.clientKey;
        this.clientChain = builder.clientChain;
        this.pins = Collections.unmodifiableSet(new LinkedHashSet<>(builder.pins));
        this.pinsUntil = builder.pinsUntil;
        this.exactPins = Collections.unmodifiableSet(new LinkedHashSet<>(builder.exactPins));
        this.requireStapledStatus = builder.requireStapledStatus;
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the added trust anchors; unmodifiable} */
    public List<X509Certificate> trustAnchors() {
        return trustAnchors;
    }

    /** {@return whether the platform's trust anchors are trusted} */
    public boolean systemTrust() {
        return systemTrust;
    }

    /** {@return the key of the client's certificate, or null for none} */
    public @Nullable PrivateKey clientKey() {
        return clientKey;
    }

    /** {@return the client's certificate chain, leaf first; empty for none} */
    public List<X509Certificate> clientChain() {
        return clientChain;
    }

    /** {@return the pins one of which the validated chain must hold, as base64; unmodifiable, empty for no pins} */
    public Set<String> pins() {
        return pins;
    }

    /** {@return from when on {@link #pins()} refuse nothing, or null where they do so for good} */
    public @Nullable Instant pinsUntil() {
        return pinsUntil;
    }

    /** {@return the pins that are trusted in place of any authority, as base64; unmodifiable, empty for authorities} */
    public Set<String> exactPins() {
        return exactPins;
    }

    /** {@return whether a server without a valid stapled status is rejected} */
    public boolean requireStapledStatus() {
        return requireStapledStatus;
    }

    /** {@return a text without any key} */
    @Override
    public String toString() {
        return "TlsConfig[anchors=" + trustAnchors.size() + ", systemTrust=" + systemTrust + ", clientCertificate="
                + !clientChain.isEmpty() + ", pins=" + pins.size() + ", exactPins=" + exactPins.size()
                + ", requireStapledStatus=" + requireStapledStatus + "]";
    }

    /** Builds a {@link TlsConfig}. */
    public static final class Builder {
        private final List<X509Certificate> trustAnchors = new ArrayList<>();
        private boolean systemTrust = true;
        private @Nullable PrivateKey clientKey;
        private List<X509Certificate> clientChain = List.of();
        private final Set<String> pins = new LinkedHashSet<>();
        private @Nullable Instant pinsUntil;
        private final Set<String> exactPins = new LinkedHashSet<>();
        private boolean requireStapledStatus;

        private Builder() {}

        /**
         * Trusts one more certificate authority.
         *
         * @param anchor its certificate
         * @return this
         */
        public Builder trust(X509Certificate anchor) {
            trustAnchors.add(Objects.requireNonNull(anchor, "anchor"));
            return this;
        }

        /**
         * Says whether the platform's trust anchors are trusted. They are by default.
         *
         * @param trusted whether
         * @return this
         */
        public Builder systemTrust(boolean trusted) {
            this.systemTrust = trusted;
            return this;
        }

        /**
         * Shows a certificate to servers that ask for one (SASL EXTERNAL).
         *
         * @param key the private key
         * @param chain the chain, leaf first
         * @return this
         * @throws IllegalArgumentException if the chain is empty
         */
        public Builder clientCertificate(PrivateKey key, List<X509Certificate> chain) {
            Objects.requireNonNull(key, "key");
            if (Objects.requireNonNull(chain, "chain").isEmpty()) {
                throw new IllegalArgumentException("the chain is empty");
            }
            this.clientKey = key;
            this.clientChain = List.copyOf(chain);
            return this;
        }

        /**
         * Adds a pin: the server's chain must hold one of the pinned keys, in its leaf, in an authority below the trust
         * anchor, or in the trust anchor itself. This comes on top of all other checks, and is asked wherever these
         * settings are used: for WebSockets and host-meta as well. Two pins at least are advised, one of them for a key
         * that is kept in reserve.
         *
         * @param pin base64 of the SHA-256 hash of the key's SubjectPublicKeyInfo, as {@link TlsSession#publicKeyPin()}
         *     gives it
         * @return this
         * @throws IllegalArgumentException if it is not base64 of 32 bytes
         */
        public Builder pin(String pin) {
            pins.add(checked(pin));
            return this;
        }

        /**
         * Adds a pin, as {@link #pin(String)} does.
         *
         * @param sha256OfSpki the SHA-256 hash of the key's SubjectPublicKeyInfo; copied
         * @return this
         * @throws IllegalArgumentException if it is not 32 bytes long
         */
        public Builder pin(byte[] sha256OfSpki) {
            return pin(Base64.getEncoder().encodeToString(Objects.requireNonNull(sha256OfSpki, "sha256OfSpki")));
        }

        /**
         * Adds pins, and lets all pins end: from then on by this machine's clock they refuse nothing, so that an
         * application that nobody updates is not locked out for good when keys have changed.
         *
         * @param pins more pins, as for {@link #pin(String)}
         * @param until when all of {@link TlsConfig#pins()} end
         * @return this
         * @throws IllegalArgumentException if one of them is not base64 of 32 bytes
         */
        public Builder pins(Set<String> pins, Instant until) {
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(pins, "pins").forEach(this::pin);
            this.pinsUntil = until;
            return this;
        }

        /**
         * Trusts these keys and no authority: for a server whose certificate signs itself, or was made by an authority
         * that nobody knows. The server's own key must be one of them; the certificate's name and its dates are checked
         * as ever, its path and its revocation are not.
         *
         * @param pins at least one pin, as for {@link #pin(String)}
         * @return this
         * @throws IllegalArgumentException if there is none, or one is not base64 of 32 bytes
         */
        public Builder trustExactly(Set<String> pins) {
            if (Objects.requireNonNull(pins, "pins").isEmpty()) {
                throw new IllegalArgumentException("there is no pin");
            }
            pins.forEach(pin -> exactPins.add(checked(pin)));
            return this;
        }

        /**
         * Says whether a server is rejected that does not staple a valid status of its certificate to the handshake
         * (RFC 6066 section 8). Off by default: then a stapled status that says "revoked" rejects, and so does a missing
         * one where the certificate asks for it (RFC 7633), but no other. Nothing is fetched from the network either
         * way. While it is on, TLS sessions are resumed for a second at most, for a resumption brings no status.
         *
         * @param required whether
         * @return this
         */
        public Builder requireStapledStatus(boolean required) {
            this.requireStapledStatus = required;
            return this;
        }

        private static String checked(String pin) {
            Objects.requireNonNull(pin, "pin");
            int length;
            try {
                length = Base64.getDecoder().decode(pin).length;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a pin is base64 of " + PIN_BYTES + " bytes: " + pin, e);
            }
            if (length != PIN_BYTES) {
                throw new IllegalArgumentException("a pin is base64 of " + PIN_BYTES + " bytes: " + pin);
            }
            return pin;
        }

        /**
         * {@return the settings}
         *
         * @throws IllegalStateException if {@link #trustExactly} is combined with what asks for an authority: added
         *     anchors, other pins, or a stapled status
         */
        public TlsConfig build() {
            if (!exactPins.isEmpty() && (!trustAnchors.isEmpty() || !pins.isEmpty() || requireStapledStatus)) {
                throw new IllegalStateException("trustExactly knows no authority");
            }
            return new TlsConfig(this);
        }
    }
}
