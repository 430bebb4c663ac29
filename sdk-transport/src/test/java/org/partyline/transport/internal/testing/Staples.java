package org.partyline.transport.internal.testing;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.internal.testing.TestAuthority.Identity;

/** Makes OCSP responses (RFC 6960) of every good and bad kind. */
public final class Staples {
    private final Identity issuer;

    /** Responses by this issuer of certificates, signed by itself. */
    public Staples(Identity issuer) {
        this.issuer = issuer;
    }

    /** Says this of the certificate, for today. */
    public byte[] of(X509Certificate certificate, @Nullable CertificateStatus status) {
        Instant now = Instant.now();
        return of(certificate, status, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)), issuer, null);
    }

    /** Says that the certificate is good, for some time. */
    public byte[] good(X509Certificate certificate, Instant from, Instant until) {
        return of(certificate, CertificateStatus.GOOD, from, until, issuer, null);
    }

    /** Says that the certificate is good, signed by somebody else, whose certificate comes along. */
    public byte[] goodBy(X509Certificate certificate, Identity signer) {
        Instant now = Instant.now();
        return of(
                certificate,
                CertificateStatus.GOOD,
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofHours(1)),
                signer,
                signer.certificate());
    }

    private byte[] of(
            X509Certificate certificate,
            @Nullable CertificateStatus status,
            Instant from,
            Instant until,
            Identity signer,
            @Nullable X509Certificate along) {
        try {
            DigestCalculator sha1 =
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
            CertificateID id = new CertificateID(
                    sha1, new JcaX509CertificateHolder(issuer.certificate()), certificate.getSerialNumber());
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(
                    SubjectPublicKeyInfo.getInstance(signer.pair().getPublic().getEncoded()), sha1);
            builder.addResponse(id, status, Date.from(from), Date.from(until), null);
            X509CertificateHolder[] certificates = along == null
                    ? new X509CertificateHolder[0]
                    : new X509CertificateHolder[] {new JcaX509CertificateHolder(along)};
            return new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(signer.pair().getPrivate()),
                                    certificates,
                                    Date.from(from)))
                    .getEncoded();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
