package org.partyline.transport.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable TLS settings: what is trusted, and which certificate this side shows. TLS 1.2 or later, with forward
 * secrecy; the server's name is always checked (RFC 9525), and no setting turns that off.
 */
public final class TlsConfig {

    /** The platform's trust anchors, no client certificate. */
    public static final TlsConfig DEFAULT = new Builder().build();

    private final List<X509Certificate> trustAnchors;
    private final boolean systemTrust;
    private final @Nullable PrivateKey clientKey;
    private final List<X509Certificate> clientChain;

    private TlsConfig(Builder builder) {
        this.trustAnchors = List.copyOf(builder.trustAnchors);
        this.systemTrust = builder.systemTrust;
        this.clientKey = builder.clientKey;
        this.clientChain = builder.clientChain;
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

    /** {@return a text without any key} */
    @Override
    public String toString() {
        return "TlsConfig[anchors=" + trustAnchors.size() + ", systemTrust=" + systemTrust + ", clientCertificate="
                + !clientChain.isEmpty() + "]";
    }

    /** Builds a {@link TlsConfig}. */
    public static final class Builder {
        private final List<X509Certificate> trustAnchors = new ArrayList<>();
        private boolean systemTrust = true;
        private @Nullable PrivateKey clientKey;
        private List<X509Certificate> clientChain = List.of();

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
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("the chain is empty");
            }
            this.clientKey = Objects.requireNonNull(key, "key");
            this.clientChain = List.copyOf(chain);
            return this;
        }

        /** {@return the settings} */
        public TlsConfig build() {
            return new TlsConfig(this);
        }
    }
}
