package org.partyline.transport.internal.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority for one test: makes chains of every good and bad kind. */
public final class TestAuthority {
    private static final char[] NO_PASSWORD = {};
    private static final Provider PROVIDER = new BouncyCastleProvider();

    /** A key with its certificate and those above it, up to but without the root. */
    public record Identity(PrivateKey key, List<X509Certificate> chain, KeyPair pair, X500Name name) {
        public X509Certificate certificate() {
            return chain.get(0);
        }

        public SSLContext context() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
                KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
                factory.init(store, NO_PASSWORD);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(factory.getKeyManagers(), null, null);
                return context;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private final Identity root;

    public TestAuthority() {
        KeyPair pair = newKey("secp256r1");
        X500Name name = new X500Name("CN=Test root");
        Spec spec = new Spec().authority(20);
        this.root = new Identity(pair.getPrivate(), List.of(spec.sign(name, pair, name, pair)), pair, name);
    }

    public X509Certificate root() {
        return root.certificate();
    }

    /** The root as an issuer. */
    public Identity rootIdentity() {
        return root;
    }

    /** Issues what the specification says, by the root. */
    public Identity issue(Spec spec) {
        return issue(spec, root);
    }

    /** Issues what the specification says, by any identity, whether it may or not. */
    public Identity issue(Spec spec, Identity issuer) {
        KeyPair pair = newKey(spec.algorithm);
        X500Name name = new X500Name("CN=" + spec.commonName);
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(spec.sign(name, pair, issuer.name(), issuer.pair()));
        if (!issuer.equals(root)) {
            chain.addAll(issuer.chain());
        }
        return new Identity(pair.getPrivate(), List.copyOf(chain), pair, name);
    }

    /** Issues what the specification says, signed by its own key. */
    public static Identity selfSigned(Spec spec) {
        KeyPair pair = newKey(spec.algorithm);
        X500Name name = new X500Name("CN=" + spec.commonName);
        return new Identity(pair.getPrivate(), List.of(spec.sign(name, pair, name, pair)), pair, name);
    }

    private static KeyPair newKey(String algorithm) {
        try {
            boolean curve = algorithm.startsWith("secp");
            KeyPairGenerator generator = KeyPairGenerator.getInstance(curve ? "EC" : algorithm);
            if (curve) {
                generator.initialize(new ECGenParameterSpec(algorithm));
            } else if (algorithm.startsWith("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What a certificate says. */
    public static final class Spec {
        private static final AtomicInteger COUNT = new AtomicInteger();

        private final List<GeneralName> names = new ArrayList<>();
        /** Differs from certificate to certificate: self-issued ones do not count in a path's length. */
        private String commonName = "server " + COUNT.incrementAndGet();

        private String algorithm = "secp256r1";
        private @Nullable PublicKey publicKey;
        private @Nullable String signature;
        private @Nullable PSSParameterSpec pss;
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = Instant.now().plus(Duration.ofDays(30));
        private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;
        private int pathLength = -1;
        private @Nullable ASN1Encodable nameConstraints;
        private final Map<String, byte[]> extensions = new LinkedHashMap<>();

        public Spec dns(String... dnsNames) {
            for (String name : dnsNames) {
                names.add(new GeneralName(GeneralName.dNSName, name));
            }
            return this;
        }

        public Spec address(String address) {
            names.add(new GeneralName(GeneralName.iPAddress, address));
            return this;
        }

        public Spec srv(String name) {
            return other("1.3.6.1.5.5.7.8.7", new DERIA5String(name));
        }

        public Spec xmpp(String address) {
            return other("1.3.6.1.5.5.7.8.5", new DERUTF8String(address));
        }

        private Spec other(String oid, ASN1Encodable value) {
            names.add(new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
                new ASN1ObjectIdentifier(oid), new DERTaggedObject(true, 0, value)
            })));
            return this;
        }

        public Spec commonName(String name) {
            this.commonName = name;
            return this;
        }

        public Spec rsa() {
            return key("RSA");
        }

        /** The key: a curve's name, or an algorithm's. */
        public Spec key(String algorithm) {
            this.algorithm = algorithm;
            return this;
        }

        /** A public key whose private key nobody has. */
        public Spec publicKey(PublicKey key) {
            this.publicKey = key;
            return this;
        }

        /** Has its issuer sign it by RSASSA-PSS with these parameters. */
        public Spec signedWith(PSSParameterSpec parameters) {
            this.pss = parameters;
            return this;
        }

        /** What its issuer signs it with, by Bouncy Castle's names. */
        public Spec signedWith(String signature) {
            this.signature = signature;
            return this;
        }

        public Spec valid(Instant from, Instant until) {
            this.from = from;
            this.until = until;
            return this;
        }

        public Spec purpose(KeyPurposeId purpose) {
            this.purpose = purpose;
            return this;
        }

        public Spec authority(int pathLength) {
            this.pathLength = pathLength;
            return this;
        }

        /** Makes it void without a stapled status (RFC 7633). */
        public Spec mustStaple() {
            return extension("1.3.6.1.5.5.7.1.24", new byte[] {0x30, 3, 2, 1, 5});
        }

        /** Adds an extension that is not critical. */
        public Spec extension(String oid, byte[] value) {
            extensions.put(oid, value);
            return this;
        }

        public Spec constraints(ASN1Encodable constraints) {
            this.nameConstraints = constraints;
            return this;
        }

        private ContentSigner signer(PrivateKey key) throws Exception {
            if (pss != null) {
                return new PssSigner(key, pss);
            }
            return new JcaContentSignerBuilder(signature != null ? signature : signatureOf(key))
                    .setProvider(PROVIDER)
                    .build(key);
        }

        private static String signatureOf(PrivateKey key) {
            return switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "EdDSA" -> "Ed25519";
                case "RSASSA-PSS" -> "SHA256withRSAandMGF1";
                default -> "SHA256withRSA";
            };
        }

        private X509Certificate sign(X500Name subject, KeyPair pair, X500Name issuer, KeyPair issuerPair) {
            try {
                X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(96, new SecureRandom()).add(BigInteger.ONE),
                        Date.from(from),
                        Date.from(until),
                        subject,
                        publicKey != null ? publicKey : pair.getPublic());
                boolean authority = pathLength >= 0;
                builder.addExtension(
                        Extension.basicConstraints,
                        true,
                        authority ? new BasicConstraints(pathLength) : new BasicConstraints(false));
                if (!authority) {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                }
                if (!names.isEmpty()) {
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(names.toArray(GeneralName[]::new)));
                }
                for (Map.Entry<String, byte[]> extension : extensions.entrySet()) {
                    builder.addExtension(new ASN1ObjectIdentifier(extension.getKey()), false, extension.getValue());
                }
                if (nameConstraints != null) {
                    builder.addExtension(Extension.nameConstraints, true, nameConstraints);
                }
                return new JcaX509CertificateConverter().getCertificate(builder.build(signer(issuerPair.getPrivate())));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** RSASSA-PSS with any parameters: Bouncy Castle knows only those where one hash is used twice. */
    private static final class PssSigner implements ContentSigner {
        private final Signature signature = Signature.getInstance("RSASSA-PSS");
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        PssSigner(PrivateKey key, PSSParameterSpec parameters) throws GeneralSecurityException {
            signature.setParameter(parameters);
            signature.initSign(key);
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            try {
                return new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_RSASSA_PSS,
                        ASN1Primitive.fromByteArray(signature.getParameters().getEncoded()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            try {
                signature.update(content.toByteArray());
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
