package org.partyline.auth.internal.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are unsafe, and signatures that are none. */
class KeysTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final String P = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    private static final String GX = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
    private static final String GY = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    @ParameterizedTest
    @DisplayName("C06 keys of Ed25519 that anybody can sign for, or that have two spellings, are refused")
    @ValueSource(
            strings = {
                // All points of small order: the identity, of order 2, 4, 4, 8, 8, 8, 8.
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                // The same in other spellings.
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                // Coordinates of p + 3 and p + 4, whose points are of the large order.
                "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "f1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                // No point has this coordinate.
                "0200000000000000000000000000000000000000000000000000000000000000",
                // Of mixed order.
                "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
                // Of other lengths.
                "",
                "11",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a00"
            })
    void ed25519_unsafeKey_isRefused(String hex) {
        assertThrows(InvalidKeyException.class, () -> VerifyKey.ed25519(hex(hex)));
    }

    @ParameterizedTest
    @DisplayName("C06 points that are not on P-256 are refused")
    @CsvSource({
        GX + "," + GX,
        GY + "," + GX,
        "0000000000000000000000000000000000000000000000000000000000000000,"
                + "0000000000000000000000000000000000000000000000000000000000000000",
        P + "," + GY,
        GX + "," + P,
        "00" + GX + "," + GY,
        GX + ",e342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff," + GY
    })
    void p256_offTheCurve_isRefused(String x, String y) throws InvalidKeyException {
        assertEquals(KeyKind.P256, VerifyKey.p256(hex(GX), hex(GY)).kind(), "the generator itself is a point");
        assertThrows(InvalidKeyException.class, () -> VerifyKey.p256(hex(x), hex(y)));
    }

    @Test
    void p256_spellingBeyondThePrime_isRefused() throws InvalidKeyException {
        // x + p has the same rest, and still fits into 32 bytes for small x: (5, y) is on the curve.
        String y = "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc";
        BigInteger five = BigInteger.valueOf(5);
        assertEquals(KeyKind.P256, VerifyKey.p256(P256.coordinate(five), hex(y)).kind());
        byte[] beyond = P256.coordinate(five.add(new BigInteger(P, 16)));
        assertThrows(InvalidKeyException.class, () -> VerifyKey.p256(beyond, hex(y)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "ff"})
    void p256_privateKeyOutOfRange_isRefused(String octet) {
        assertThrows(InvalidKeyException.class, () -> SigningKey.of(KeyKind.P256, hex(octet.repeat(32))));
        assertThrows(InvalidKeyException.class, () -> SigningKey.of(KeyKind.P256, P256.coordinate(N)));
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void signature_isOfItsMessageAndKeyAlone(KeyKind kind) {
        SigningKey key = SigningKey.generate(kind);
        byte[] signature = key.sign(MESSAGE);
        assertEquals(64, signature.length);
        assertTrue(key.verifyKey().verify(MESSAGE, signature));
        assertFalse(key.verifyKey().verify(new byte[] {1, 2, 4}, signature));
        assertFalse(SigningKey.generate(kind).verifyKey().verify(MESSAGE, signature));
        assertFalse(key.verifyKey().verify(MESSAGE, Arrays.copyOf(signature, 63)));
        assertFalse(key.verifyKey().verify(MESSAGE, Arrays.copyOf(signature, 65)));
        assertFalse(key.verifyKey().verify(MESSAGE, new byte[0]));
        assertArrayEquals(signature, key.sign(MESSAGE), "nothing is left to chance");
    }

    @Test
    void ed25519_scalarBeyondTheOrder_isRefused() {
        SigningKey key = SigningKey.generate(KeyKind.ED25519);
        byte[] signature = key.sign(MESSAGE);
        BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
        byte[] beyond = reversed(P256.coordinate(s.add(L)));
        byte[] other = signature.clone();
        System.arraycopy(beyond, 0, other, 32, 32);
        assertTrue(key.verifyKey().verify(MESSAGE, signature));
        assertFalse(key.verifyKey().verify(MESSAGE, other));
    }

    @Test
    @DisplayName("C06 r and s of 0, of the order and beyond are no signature (CVE-2022-21449)")
    void p256_numbersOutOfRange_areRefused() {
        VerifyKey key = SigningKey.generate(KeyKind.P256).verifyKey();
        for (BigInteger r : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, N, N.add(BigInteger.ONE)}) {
            for (BigInteger s : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, N, N.add(BigInteger.ONE)}) {
                assertFalse(key.verify(MESSAGE, pair(r, s)));
            }
        }
    }

    @Test
    void p256_eitherHalfOfTheOrder_isASignature() {
        // RFC 7518 does not ask for the lower of the two, and other libraries make both.
        SigningKey key = SigningKey.generate(KeyKind.P256);
        byte[] signature = key.sign(MESSAGE);
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        assertTrue(key.verifyKey().verify(MESSAGE, pair(r, s)));
        assertTrue(key.verifyKey().verify(MESSAGE, pair(r, N.subtract(s))));
    }

    @Test
    void p256_signatureInDer_isRefused() throws Exception {
        SigningKey key = SigningKey.generate(KeyKind.P256);
        byte[] signature = key.sign(MESSAGE);
        byte[] der = StandardDSAEncoding.INSTANCE.encode(
                N,
                new BigInteger(1, Arrays.copyOf(signature, 32)),
                new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        assertFalse(key.verifyKey().verify(MESSAGE, der));
        assertFalse(key.verifyKey().verify(MESSAGE, Arrays.copyOf(der, 64)));
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void secret_isReadBack_andWiped(KeyKind kind) throws Exception {
        SigningKey key = SigningKey.generate(kind);
        byte[] secret = key.secret();
        SigningKey again = SigningKey.of(kind, secret);
        assertEquals(key.verifyKey(), again.verifyKey());
        assertEquals(key.verifyKey().hashCode(), again.verifyKey().hashCode());
        assertNotEquals(key.verifyKey(), SigningKey.generate(kind).verifyKey());
        assertFalse(key.toString().contains(HexFormat.of().formatHex(secret)));
        key.wipe();
        assertThrows(IllegalStateException.class, key::secret);
        assertThrows(IllegalStateException.class, () -> key.sign(MESSAGE));
        assertThrows(InvalidKeyException.class, () -> SigningKey.of(kind, new byte[31]));
    }

    private static byte[] pair(BigInteger r, BigInteger s) {
        byte[] both = Arrays.copyOf(P256.coordinate(r), 64);
        System.arraycopy(P256.coordinate(s), 0, both, 32, 32);
        return both;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
