package org.partyline.auth.internal.crypto;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/** A public key whose point has been checked. Immutable. */
public final class VerifyKey {
    private final KeyKind kind;
    private final byte[] x;
    private final byte[] y;
    private final @Nullable Ed25519PublicKeyParameters ed25519;
    private final @Nullable ECPublicKeyParameters p256;

    private VerifyKey(
            KeyKind kind,
            byte[] x,
            byte[] y,
            @Nullable Ed25519PublicKeyParameters ed25519,
            @Nullable ECPublicKeyParameters p256) {
        this.kind = kind;
        this.x = x;
        this.y = y;
        this.ed25519 = ed25519;
        this.p256 = p256;
    }

    /**
     * {@return an Ed25519 key. Points of small order are refused, for anybody can make signatures that they verify, and so
     * are points with a part of small order, and encodings that are not the one of their point}
     *
     * @param x the encoded point, 32 bytes (RFC 8032 section 5.1.2)
     * @throws InvalidKeyException if it is no key
     */
    public static VerifyKey ed25519(byte[] x) throws InvalidKeyException {
        Libraries.require();
        if (x.length != KeyKind.KEY_BYTES || !Ed25519.validatePublicKeyFull(x, 0)) {
            throw new InvalidKeyException("not a key of Ed25519");
        }
        return new VerifyKey(KeyKind.ED25519, x.clone(), new byte[0], new Ed25519PublicKeyParameters(x, 0), null);
    }

    /**
     * {@return a P-256 key}
     *
     * @param x the one coordinate, 32 bytes (RFC 7518 section 6.2.1.2)
     * @param y the other, 32 bytes
     * @throws InvalidKeyException if it is no point of the curve
     */
    public static VerifyKey p256(byte[] x, byte[] y) throws InvalidKeyException {
        Libraries.require();
        if (x.length != KeyKind.KEY_BYTES || y.length != KeyKind.KEY_BYTES) {
            throw new InvalidKeyException("a coordinate of P-256 has 32 bytes");
        }
        return of(P256.publicKey(x, y));
    }

    static VerifyKey of(ECPublicKeyParameters key) {
        byte[] x = P256.coordinate(key.getQ().getAffineXCoord().toBigInteger());
        byte[] y = P256.coordinate(key.getQ().getAffineYCoord().toBigInteger());
        return new VerifyKey(KeyKind.P256, x, y, null, key);
    }

    /** {@return its kind, and with it what signatures are} */
    public KeyKind kind() {
        return kind;
    }

    /** {@return a copy of the encoded point, or of the one coordinate} */
    public byte[] x() {
        return x.clone();
    }

    /** {@return a copy of the other coordinate; nothing for Ed25519} */
    public byte[] y() {
        return y.clone();
    }

    /**
     * {@return whether the signature is this key's on the message. Anything but 64 bytes is none, so a signature in DER is
     * none either (RFC 7518 section 3.4)}
     *
     * @param message what was signed
     * @param signature the signature
     */
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length != KeyKind.SIGNATURE_BYTES) {
            return false;
        }
        if (ed25519 != null) {
            return ed25519.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        }
        return p256 != null && P256.verify(p256, message, signature);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifyKey key
                && key.kind == kind
                && MessageDigest.isEqual(key.x, x)
                && MessageDigest.isEqual(key.y, y);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(x);
    }
}
