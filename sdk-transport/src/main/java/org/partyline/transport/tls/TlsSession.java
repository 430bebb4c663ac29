package org.partyline.transport.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a finished and verified TLS handshake established. Immutable. */
public final class TlsSession {

    private final String protocol;
    private final String cipherSuite;
    private final String verifiedName;
    private final List<X509Certificate> peerCertificates;
    /** By type, strongest first; the arrays are never handed out. */
    private final Map<String, byte[]> channelBindings;

    /**
     * A session without channel bindings.
     *
     * @param protocol the version, {@code TLSv1.3} or {@code TLSv1.2}
     * @param cipherSuite the suite's standard name
     * @param verifiedName the name that the certificate was verified for
     * @param peerCertificates the peer's chain, leaf first; copied
     */
    public TlsSession(
            String protocol, String cipherSuite, String verifiedName, List<X509Certificate> peerCertificates) {
        this(protocol, cipherSuite, verifiedName, peerCertificates, Map.of());
    }

    /**
     * A session.
     *
     * @param protocol the version, {@code TLSv1.3} or {@code TLSv1.2}
     * @param cipherSuite the suite's standard name
     * @param verifiedName the name that the certificate was verified for
     * @param peerCertificates the peer's chain, leaf first; copied
     * @param channelBindings the values by their types' registered names, in the map's order strongest first; copied
     */
    public TlsSession(
            String protocol,
            String cipherSuite,
            String verifiedName,
            List<X509Certificate> peerCertificates,
            Map<String, byte[]> channelBindings) {
        this.protocol = Objects.requireNonNull(protocol, "protocol");
        this.cipherSuite = Objects.requireNonNull(cipherSuite, "cipherSuite");
        this.verifiedName = Objects.requireNonNull(verifiedName, "verifiedName");
        this.peerCertificates = List.copyOf(peerCertificates);
        this.channelBindings = new LinkedHashMap<>();
        channelBindings.forEach((type, value) -> this.channelBindings.put(type, value.clone()));
    }

    /** {@return the version, {@code TLSv1.3} or {@code TLSv1.2}} */
    public String protocol() {
        return protocol;
    }

    /** {@return the suite's standard name} */
    public String cipherSuite() {
        return cipherSuite;
    }

    /** {@return the name that the certificate was verified for} */
    public String verifiedName() {
        return verifiedName;
    }

    /** {@return the chain as the peer sent it, leaf first; unmodifiable, and never empty after a real handshake} */
    public List<X509Certificate> peerCertificates() {
        return peerCertificates;
    }

    /**
     * {@return the types of channel binding that this session has a value for, by their registered names, strongest
     * first; unmodifiable}
     *
     * <ul>
     *   <li>{@code tls-exporter} (RFC 9266): on a JDK that exports key material, which is 25 or later; with TLS 1.2 only
     *       where the extended master secret (RFC 7627) was negotiated.
     *   <li>{@code tls-server-end-point} (RFC 5929 section 4): with any JDK, unless the certificate's signature has no
     *       single hash function, as those of Ed25519 and Ed448.
     * </ul>
     */
    public List<String> channelBindingTypes() {
        return List.copyOf(channelBindings.keySet());
    }

    /**
     * {@return a copy of the channel binding's value, or nothing where this session has none of this type}
     *
     * @param type the type's registered name, {@code tls-exporter} for one
     */
    public Optional<byte[]> channelBinding(String type) {
        return Optional.ofNullable(channelBindings.get(type)).map(byte[]::clone);
    }

    /**
     * {@return the pin of the peer's key: base64 of the SHA-256 hash of the leaf's SubjectPublicKeyInfo, in the form
     * that {@link TlsConfig.Builder#pin(String)} takes} It outlives the certificate where the key is kept, so it tells
     * a renewed certificate from another server's.
     *
     * @throws IllegalStateException if the session was made without certificates
     */
    public String publicKeyPin() {
        if (peerCertificates.isEmpty()) {
            throw new IllegalStateException("the session has no certificate");
        }
        try {
            byte[] key = peerCertificates.get(0).getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** {@return a text without the channel bindings' values, for they are secrets of the session} */
    @Override
    public String toString() {
        return "TlsSession[" + protocol + ", " + cipherSuite + ", for " + verifiedName + ", certificates="
                + peerCertificates.size() + ", channelBindings=" + channelBindingTypes() + "]";
    }
}
