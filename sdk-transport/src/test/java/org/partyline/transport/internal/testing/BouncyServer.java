package org.partyline.transport.internal.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.internal.testing.ScriptedServer.Peer;
import org.partyline.transport.internal.testing.TestAuthority.Identity;

/** The server's side of one handshake by Bouncy Castle, which does what the JDK's server never would. */
public final class BouncyServer extends DefaultTlsServer {
    private final JcaTlsCrypto crypto;
    private final Identity identity;
    private final ProtocolVersion version;
    private boolean extendedMasterSecret = true;
    private byte @Nullable [] staple;

    /** A server with a key on the curve P-256. */
    public BouncyServer(Identity identity, String version) {
        this(
                identity,
                version,
                new JcaTlsCryptoProvider()
                        .setProvider(new BouncyCastleProvider())
                        .create(new SecureRandom()));
    }

    private BouncyServer(Identity identity, String version, JcaTlsCrypto crypto) {
        super(crypto);
        this.crypto = crypto;
        this.identity = identity;
        this.version = version.equals("TLSv1.3") ? ProtocolVersion.TLSv13 : ProtocolVersion.TLSv12;
    }

    /** Does as if it had never heard of RFC 7627. */
    public BouncyServer withoutExtendedMasterSecret() {
        extendedMasterSecret = false;
        return this;
    }

    /** Staples this response to the certificate, whatever it says; null for none. */
    public BouncyServer stapling(byte @Nullable [] response) {
        staple = response;
        return this;
    }

    /** Shakes hands, then reads until the client hangs up. */
    public void serve(Peer peer) throws IOException {
        TlsServerProtocol protocol = new TlsServerProtocol(peer.in(), peer.out());
        protocol.accept(this);
        while (protocol.getInputStream().read() >= 0) {
            // Only the end matters.
        }
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return version.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            version.equals(ProtocolVersion.TLSv13)
                    ? CipherSuite.TLS_AES_128_GCM_SHA256
                    : CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
        };
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
        return extendedMasterSecret;
    }

    @Override
    protected boolean allowCertificateStatus() {
        return staple != null;
    }

    @Override
    public @Nullable CertificateStatus getCertificateStatus() {
        return staple == null
                ? null
                : new CertificateStatus(CertificateStatusType.ocsp, OCSPResponse.getInstance(staple));
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.key(),
                certificates(),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    private Certificate certificates() throws IOException {
        List<TlsCertificate> chain = new ArrayList<>();
        for (X509Certificate certificate : identity.chain()) {
            try {
                chain.add(crypto.createCertificate(certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IOException(e);
            }
        }
        if (!version.equals(ProtocolVersion.TLSv13)) {
            return new Certificate(chain.toArray(TlsCertificate[]::new));
        }
        List<CertificateEntry> entries = new ArrayList<>();
        for (TlsCertificate certificate : chain) {
            entries.add(new CertificateEntry(certificate, entries.isEmpty() ? extensions() : null));
        }
        return new Certificate(new byte[0], entries.toArray(CertificateEntry[]::new));
    }

    @SuppressWarnings("JdkObsolete") // Bouncy Castle wants a Hashtable.
    private @Nullable Hashtable<Integer, byte[]> extensions() throws IOException {
        CertificateStatus status = getCertificateStatus();
        if (status == null) {
            return null;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        status.encode(encoded);
        Hashtable<Integer, byte[]> extensions = new Hashtable<>();
        extensions.put(TlsExtensionsUtils.EXT_status_request, encoded.toByteArray());
        return extensions;
    }
}
