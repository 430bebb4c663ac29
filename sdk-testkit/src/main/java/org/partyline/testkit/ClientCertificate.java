package org.partyline.testkit;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * A certificate that proves an account (SASL EXTERNAL).
 *
 * @param key the private key; left out of {@link #toString()}
 * @param chain the chain, leaf first
 */
public record ClientCertificate(PrivateKey key, List<X509Certificate> chain) {

    /** Copies the chain. */
    public ClientCertificate {
        Objects.requireNonNull(key, "key");
        chain = List.copyOf(chain);
    }

    /** {@return the leaf's subject, without the key} */
    @Override
    public String toString() {
        return "ClientCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
