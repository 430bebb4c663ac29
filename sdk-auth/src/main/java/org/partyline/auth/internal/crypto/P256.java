package org.partyline.auth.internal.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** ES256 (RFC 7518 section 3.4). The JDK's providers are not asked: what they accept differs from release to release. */
final class P256 {
    private static final ECDomainParameters DOMAIN = domain();

    private P256() {}

    private static ECDomainParameters domain() {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH(), curve.getSeed());
    }

    /**
     * {@return the point of two coordinates. The curve's cofactor is 1, so being on it is all there is to check, and infinity
     * has no coordinates}
     *
     * @throws InvalidKeyException if a coordinate is none, or the point is not on the curve
     */
    static ECPublicKeyParameters publicKey(byte[] x, byte[] y) throws InvalidKeyException {
        try {
            ECPoint point = DOMAIN.getCurve().validatePoint(new BigInteger(1, x), new BigInteger(1, y));
            return new ECPublicKeyParameters(point, DOMAIN);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new InvalidKeyException("not a point of P-256", e);
        }
    }

    /** {@return the public key of a private one} */
    static ECPublicKeyParameters publicKey(byte[] secret) throws InvalidKeyException {
        if (!isPrivate(secret)) {
            throw new InvalidKeyException("not a private key of P-256");
        }
        ECPoint point = new FixedPointCombMultiplier().multiply(DOMAIN.getG(), new BigInteger(1, secret));
        return new ECPublicKeyParameters(point.normalize(), DOMAIN);
    }

    /** {@return whether the number is from 1 to the order of the curve, exclusive} */
    static boolean isPrivate(byte[] secret) {
        BigInteger number = new BigInteger(1, secret);
        return number.signum() > 0 && number.compareTo(DOMAIN.getN()) < 0;
    }

    static boolean verify(ECPublicKeyParameters key, byte[] message, byte[] signature) {
        // The signer refuses r and s outside 1 to n - 1 (CVE-2022-21449 is what comes of not doing so).
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, key);
        int half = KeyKind.SIGNATURE_BYTES / 2;
        return signer.verifySignature(
                hash(message),
                BigIntegers.fromUnsignedByteArray(signature, 0, half),
                BigIntegers.fromUnsignedByteArray(signature, half, half));
    }

    /** {@return r and s, with the nonce of RFC 6979: no luck is needed, and the same message has the same signature} */
    static byte[] sign(byte[] secret, byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), DOMAIN));
        BigInteger[] parts = signer.generateSignature(hash(message));
        byte[] signature = new byte[KeyKind.SIGNATURE_BYTES];
        int half = signature.length / 2;
        BigIntegers.asUnsignedByteArray(parts[0], signature, 0, half);
        BigIntegers.asUnsignedByteArray(parts[1], signature, half, half);
        return signature;
    }

    static byte[] coordinate(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(KeyKind.KEY_BYTES, value);
    }

    private static byte[] hash(byte[] message) {
        return Hashes.sha256(message);
    }
}
