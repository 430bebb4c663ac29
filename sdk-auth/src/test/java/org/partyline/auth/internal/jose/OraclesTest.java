package org.partyline.auth.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.math.BigInteger;
import java.security.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.auth.internal.crypto.KeyKind;
import org.partyline.auth.internal.crypto.SigningKey;

/** Two libraries by others have the same opinion of signatures, right ones and wrong ones. */
class OraclesTest {
    /** What others compute with the JDK is slow; {@code -Dpartyline.oracle.cases=20000} takes minutes. */
    private static final int CASES = Integer.getInteger("partyline.oracle.cases", 4_000);

    private static final int KEYS = 8;
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    /** A key, and what each side makes of it. */
    private record Signer(SigningKey key, Jwk jwk, Keys keys, JWSVerifier nimbus, Key jose4j, List<String> tokens) {
        static Signer make(int number) {
            SigningKey key = SigningKey.generate(number % 2 == 0 ? KeyKind.P256 : KeyKind.ED25519);
            Jwk jwk = new Jwk(key.verifyKey(), "k" + number);
            String json = Json.write(jwk.members());
            try {
                JWSVerifier nimbus = number % 2 == 0
                        ? new ECDSAVerifier(ECKey.parse(json))
                        : new Ed25519Verifier(OctetKeyPair.parse(json));
                Key jose4j = PublicJsonWebKey.Factory.newPublicJwk(json).getPublicKey();
                List<String> tokens = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    tokens.add(Jws.sign(
                            TokenType.LICENSE,
                            key,
                            jwk.kid(),
                            Map.<String, Object>of("n", i, "t", "x".repeat(i * 20))));
                }
                return new Signer(key, jwk, Keys.of(List.of(jwk), TokenType.LICENSE), nimbus, jose4j, tokens);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        boolean ours(String token) {
            try {
                Jws.verify(token, TokenType.LICENSE, keys);
                return true;
            } catch (JoseException e) {
                return false;
            }
        }

        boolean byNimbus(String token) {
            try {
                return JWSObject.parse(token).verify(nimbus);
            } catch (Exception e) {
                return false;
            }
        }

        /** jose4j asks the JDK, which takes an Ed25519 signature with a zero behind it (RFC 8032 section 5.1.7: 64 octets). */
        boolean isLongForTheJdk(String token) {
            byte[] signature = decode(token.substring(token.lastIndexOf('.') + 1));
            return key.verifyKey().kind() == KeyKind.ED25519 && signature.length > KeyKind.SIGNATURE_BYTES;
        }

        boolean byJose4j(String token) {
            try {
                JsonWebSignature jws = new JsonWebSignature();
                jws.setCompactSerialization(token);
                jws.setKey(jose4j);
                return jws.verifySignature();
            } catch (Exception e) {
                return false;
            }
        }
    }

    @Test
    @DisplayName("C07 tokens, right and mutated, have one verdict here and by Nimbus and jose4j")
    void verdicts_agree() {
        List<Signer> signers = IntStream.range(0, KEYS).mapToObj(Signer::make).toList();
        AtomicInteger accepted = new AtomicInteger();
        List<String> disagreements = IntStream.range(0, CASES)
                .parallel()
                .mapToObj(i -> {
                    Random random = new Random(i);
                    Signer signer = signers.get(i % KEYS);
                    String token = mutated(signer, signers.get((i + 2) % KEYS), i / KEYS % 10, random);
                    boolean ours = signer.ours(token);
                    if (ours) {
                        accepted.incrementAndGet();
                    }
                    boolean agreed = ours == signer.byNimbus(token)
                            && (ours == signer.byJose4j(token) || signer.isLongForTheJdk(token));
                    return agreed ? "" : "case " + i + ", here " + ours + ": " + token;
                })
                .filter(text -> !text.isEmpty())
                .limit(3)
                .toList();

        assertEquals(List.of(), disagreements);
        // One kind of ten is right, and of P-256 the second half of a signature has a twin.
        assertTrue(accepted.get() >= CASES / 10, accepted + " accepted");
        assertTrue(accepted.get() <= CASES / 5, accepted + " accepted");
    }

    private static String mutated(Signer signer, Signer other, int kind, Random random) {
        String token = signer.tokens.get(random.nextInt(signer.tokens.size()));
        int second = token.lastIndexOf('.');
        String signed = token.substring(0, second);
        byte[] signature = decode(token.substring(second + 1));
        String payload = signed.substring(signed.indexOf('.') + 1);
        String header = signed.substring(0, signed.indexOf('.'));
        boolean p256 = signer.key.verifyKey().kind() == KeyKind.P256;
        switch (kind) {
            case 0 -> {}
            case 1 -> signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                byte[] bytes = decode(payload);
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                signed = header + "." + Base64Url.encode(bytes);
            }
            case 3 -> signature = other.key.sign(signed.getBytes(US_ASCII));
            case 4 -> signature = Arrays.copyOf(signature, random.nextInt(64));
            case 5 -> signature = Arrays.copyOf(signature, 65 + random.nextInt(8));
            case 6 -> random.nextBytes(signature);
            case 7 -> Arrays.fill(signature, random.nextBoolean() ? 0 : 32, random.nextBoolean() ? 32 : 64, (byte) 0);
            case 8 -> twin(signature, p256);
            default ->
                signed = other.tokens.get(0).substring(0, other.tokens.get(0).lastIndexOf('.'));
        }
        return signed + "." + Base64Url.encode(signature);
    }

    /** The other signature that follows from one: n - s is right for ECDSA, S with a bit beyond the order is none. */
    private static void twin(byte[] signature, boolean p256) {
        if (p256) {
            byte[] s = N.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
                    .toByteArray();
            Arrays.fill(signature, 32, 64, (byte) 0);
            int length = Math.min(32, s.length);
            System.arraycopy(s, s.length - length, signature, 64 - length, length);
        } else {
            signature[63] |= (byte) 0x20;
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64Url.decode(text);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
