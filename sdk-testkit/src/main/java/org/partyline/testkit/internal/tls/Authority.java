package org.partyline.testkit.internal.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives as long as the process. Keys are P-256, so that a network starts fast. */
public final class Authority {
    /** {@code id-on-xmppAddr} (RFC 6120 section 13.7.1.4). */
    static final ASN1ObjectIdentifier XMPP_ADDRESS = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");

    private static final Duration LIFE = Duration.ofDays(30);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 120;

    private final Issued root;

    private Authority(Issued root) {
        this.root = root;
    }

    /** {@return the authority that all networks of this process share, made at the first call} */
    public static Authority shared() {
        return Shared.INSTANCE;
    }

    /** {@return a new authority that nobody trusts yet} */
    public static Authority create() {
        KeyPair keys = newKeys();
        X500Name name = name("Partyline testkit, for tests only, " + serial().toString(36));
        try {
            X509v3CertificateBuilder builder = builder(name, name, keys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Authority(sign(builder, keys, keys));
        } catch (CertIOException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    /** {@return the root's certificate} */
    public X509Certificate certificate() {
        return root.certificate();
    }

    /** {@return a server's certificate for these domains and for loopback} */
    public Issued forServer(Collection<String> domains) {
        Set<String> names = new LinkedHashSet<>(domains);
        names.add("localhost");
        List<GeneralName> alternatives = new ArrayList<>();
        names.forEach(domain -> alternatives.add(new GeneralName(GeneralName.dNSName, domain)));
        alternatives.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        return leaf(names.iterator().next(), alternatives, KeyPurposeId.id_kp_serverAuth);
    }

    /** {@return a client's certificate that names one account} */
    public Issued forAccount(String bareAddress) {
        GeneralName address = new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
            XMPP_ADDRESS, new DERTaggedObject(true, 0, new DERUTF8String(bareAddress))
        }));
        return leaf(bareAddress, List.of(address), KeyPurposeId.id_kp_clientAuth);
    }

    private Issued leaf(String commonName, List<GeneralName> names, KeyPurposeId purpose) {
        KeyPair keys = newKeys();
        X500Name issuer = X500Name.getInstance(
                root.certificate().getSubjectX500Principal().getEncoded());
        try {
            X509v3CertificateBuilder builder = builder(issuer, name(commonName), keys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(names.toArray(GeneralName[]::new)));
            return sign(builder, keys, new KeyPair(root.certificate().getPublicKey(), root.key()));
        } catch (CertIOException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                serial(),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(LIFE)),
                subject,
                keys.getPublic());
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static Issued sign(X509v3CertificateBuilder builder, KeyPair subject, KeyPair issuer) {
        try {
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
            return new Issued(certificate, subject.getPrivate());
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a certificate", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256", e);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(0);
    }

    private static final class Shared {
        static final Authority INSTANCE = create();
    }
}
