package org.partyline.auth.internal.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.partyline.auth.license.Authority.encode;
import static org.partyline.auth.license.Authority.sign;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.internal.crypto.KeyKind;
import org.partyline.auth.internal.crypto.SigningKey;
import org.partyline.auth.internal.jose.JoseException.Reason;

/** What a token is refused for, each for its own reason, in the order in which it is asked. */
class JwsTest {
    private static final String HEADER = "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\"}";
    private final SigningKey key = SigningKey.generate(KeyKind.ED25519);
    private final SigningKey ec = SigningKey.generate(KeyKind.P256);
    private final Keys keys =
            Keys.of(List.of(new Jwk(key.verifyKey(), "k"), new Jwk(ec.verifyKey(), "ec")), TokenType.LICENSE);

    @Test
    void token_isReadBack() throws Exception {
        String token = Jws.sign(TokenType.LICENSE, key, "k", Map.of("a", 1));
        assertEquals(1, Jws.verify(token, TokenType.LICENSE, keys).integer("a"));
        String byEc = Jws.sign(TokenType.LICENSE, ec, "ec", Map.of("a", 2));
        assertEquals(2, Jws.verify(byEc, TokenType.LICENSE, keys).integer("a"));
    }

    @Test
    void ed25519_hasTwoNames() throws Exception {
        String token = sign(HEADER.replace("EdDSA", "Ed25519"), "{\"a\":1}", key);
        assertEquals(1, Jws.verify(token, TokenType.LICENSE, keys).integer("a"));
    }

    @ParameterizedTest
    @DisplayName("C04 each header that is not right is refused for its own reason, whatever the signature")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{\"typ\":\"im-license+jwt\",\"alg\":\"none\",\"kid\":\"k\"}|ALGORITHM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"None\",\"kid\":\"k\"}|ALGORITHM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"HS256\",\"kid\":\"k\"}|ALGORITHM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"RS256\",\"kid\":\"k\"}|ALGORITHM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"ES384\",\"kid\":\"k\"}|ALGORITHM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"eddsa\",\"kid\":\"k\"}|ALGORITHM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"ES256\",\"kid\":\"k\"}|ALGORITHM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"ec\"}|ALGORITHM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"crit\":[\"exp\"]}|CRITICAL",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"crit\":[]}|CRITICAL",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"crit\":[\"b64\"],\"b64\":false}|CRITICAL",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"b64\":false}|HEADER",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"zip\":\"DEF\"}|HEADER",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"jku\":\"https://a.example\"}|HEADER",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"x5u\":\"https://a.example\"}|HEADER",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"x5c\":[]}|HEADER",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"jwk\":{}}|HEADER",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"jwk\":{}}|HEADER",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\"}|HEADER",
                "{\"typ\":\"im-license+jwt\",\"kid\":\"k\"}|HEADER",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\"}|HEADER",
                "{\"typ\":\"JWT\",\"alg\":\"EdDSA\",\"kid\":\"k\"}|TYPE",
                "{\"typ\":\"IM-LICENSE+JWT\",\"alg\":\"EdDSA\",\"kid\":\"k\"}|TYPE",
                "{\"typ\":\"at+jwt\",\"alg\":\"none\",\"kid\":\"x\"}|TYPE",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"x\"}|UNKNOWN_KEY",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":1}|CLAIM",
                "{\"typ\":\"im-license+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"kid\":\"k\"}|DUPLICATE",
                "[]|JSON",
            })
    void header_thatIsNotRight_isRefusedForItsReason(String header, Reason reason) {
        assertEquals(reason, refusal(sign(header, "{\"a\":1}", key)));
    }

    @Test
    @DisplayName("C04 a right signature by a key of another family is refused")
    void key_ofAnotherFamily_isRefused() {
        Keys others = Keys.of(List.of(new Jwk(key.verifyKey(), "k")), TokenType.STATUS, TokenType.AUDIT_CHECKPOINT);
        String token = sign(HEADER, "{\"a\":1}", key);
        JoseException e = assertThrows(JoseException.class, () -> Jws.verify(token, TokenType.LICENSE, others));
        assertEquals(Reason.KEY_FAMILY, e.reason());
    }

    @Test
    @DisplayName("C04 a key within a proof is compared with nothing here, and is a key nevertheless")
    void embeddedKey_isChecked() throws Exception {
        String proof = Jws.sign(TokenType.SASL_PROOF, ec, null, Map.of("a", 1));
        assertEquals(
                ec.verifyKey(),
                Jws.verifyProof(proof, TokenType.SASL_PROOF).key().key());

        String y = Base64Url.encode(ec.verifyKey().y());
        String x = Base64Url.encode(ec.verifyKey().x());
        for (String wrong : List.of(
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + y + "\",\"y\":\"" + y + "\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + y + "\",\"d\":\"" + y + "\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + y + "\",\"use\":\"enc\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + y + "\",\"alg\":\"EdDSA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
                "{\"kty\":\"oct\",\"crv\":\"P-256\",\"x\":\"" + x + "\"}")) {
            String header = "{\"typ\":\"im-pop+jwt\",\"alg\":\"ES256\",\"jwk\":" + wrong + "}";
            JoseException e = assertThrows(
                    JoseException.class, () -> Jws.verifyProof(sign(header, "{}", ec), TokenType.SASL_PROOF));
            assertEquals(Reason.KEY, e.reason(), wrong);
        }
    }

    @Test
    void size_isBounded() throws Exception {
        int room = 8192 - sign(HEADER, "", key).length();
        String atTheBound = sign(HEADER, padded(room / 4 * 3), key);
        assertEquals(1, Jws.verify(atTheBound, TokenType.LICENSE, keys).integer("a"));
        assertEquals(Reason.SIZE, refusal(sign(HEADER, padded(room / 4 * 3 + 3), key)));
        assertEquals(Reason.SIZE, refusal(""));
        assertThrows(
                IllegalArgumentException.class,
                () -> Jws.sign(TokenType.LICENSE, key, "k", Map.of("a", "x".repeat(6_200))));
    }

    private static String padded(int length) {
        return "{\"a\":1}" + " ".repeat(length - 7);
    }

    @Test
    void header_isBounded() throws Exception {
        String atTheBound = HEADER + " ".repeat(1024 - HEADER.length());
        assertEquals(
                1,
                Jws.verify(sign(atTheBound, "{\"a\":1}", key), TokenType.LICENSE, keys)
                        .integer("a"));
        assertEquals(Reason.SIZE, refusal(sign(atTheBound + " ", "{\"a\":1}", key)));
    }

    @ParameterizedTest
    @CsvSource({
        "a,SEGMENTS",
        "a.b,SEGMENTS",
        "a.b.c.d,SEGMENTS",
        "..,JSON",
        "a..,ENCODING",
        "!!.e30.AA,ENCODING",
        "e30.e30.A,ENCODING",
        "e30.e30.AB,ENCODING",
        "e30=.e30.AA,ENCODING",
        "e30. e30.AA,ENCODING",
        "e30.e+0.AA,ENCODING",
        "e30.e/0.AA,ENCODING",
        "e31.e30.AA,ENCODING",
        "e30.e30.AA,HEADER",
        "e30.e30.,HEADER",
        "é.e30.AA,ENCODING"
    })
    void segments_haveOneForm(String token, Reason reason) {
        assertEquals(reason, refusal(token));
    }

    @Test
    void payload_isReadAfterTheSignature() {
        SigningKey other = SigningKey.generate(KeyKind.ED25519);
        assertEquals(Reason.SIGNATURE, refusal(sign(HEADER, "no JSON", other)));
        assertEquals(Reason.JSON, refusal(sign(HEADER, "no JSON", key)));
        assertEquals(Reason.DUPLICATE, refusal(sign(HEADER, "{\"a\":{\"b\":1,\"\\u0062\":1}}", key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} {}",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\t\"}",
                "// \n{}",
                "{\"a\":+1}",
                "null",
                "1",
                "{\"a\"",
                "{\"a\":1}\u0000"
            })
    void json_isStrict(String payload) {
        assertEquals(Reason.JSON, refusal(sign(HEADER, payload, key)));
    }

    @Test
    void json_isBounded() throws Exception {
        String deep = "{\"a\":" + "[".repeat(7) + "]".repeat(7) + "}";
        assertEquals(List.of("a"), List.copyOf(Json.read(deep).names()));
        assertEquals(Reason.JSON, reason("{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}"));
        assertEquals(Reason.JSON, reason("{\"a\":" + "{\"a\":".repeat(2000) + "1" + "}".repeat(2001)));
        String name = "n".repeat(128);
        assertEquals(1, Json.read("{\"" + name + "\":1}").integer(name));
        assertEquals(Reason.JSON, reason("{\"n" + name + "\":1}"));
        assertEquals(1, Json.read("{\"b\":" + "9".repeat(32) + ",\"a\":1}").integer("a"));
        assertEquals(Reason.JSON, reason("{\"b\":" + "9".repeat(33) + ",\"a\":1}"));
    }

    @Test
    void utf8_isStrict() {
        for (byte[] wrong : new byte[][] {
            {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'},
            {(byte) 0xFF, '{', '}'},
            {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '{', '}'}
        }) {
            JoseException e = assertThrows(JoseException.class, () -> Json.read(wrong));
            assertEquals(Reason.JSON, e.reason());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9007199254740992|true",
                "9007199254740993|false",
                "-9007199254740992|true",
                "-9007199254740993|false",
                "1.0|false",
                "1e3|false",
                "\"1000\"|false",
                "null|false",
                "true|false",
                "[1]|false",
                "{}|false",
                "99999999999999999999|false",
                "-0|true",
                "0|true"
            })
    void dates_areIntegersWithinBounds(String value, boolean good) throws Exception {
        JsonObject object = Json.read("{\"exp\":" + value + "}");
        if (good) {
            assertEquals(Long.parseLong(value), object.date("exp").getEpochSecond());
        } else {
            assertEquals(
                    Reason.CLAIM,
                    assertThrows(JoseException.class, () -> object.date("exp")).reason());
        }
    }

    @Test
    void texts_areBoundedAndHarmless() throws Exception {
        String longest = "x".repeat(1024);
        assertEquals(longest, Json.read("{\"a\":\"" + longest + "\"}").text("a"));
        for (String wrong : List.of("x" + longest, "", "\\u0000", "\\ud800", "\\u001b[0m", "\\udc00\\ud800")) {
            JsonObject object = Json.read("{\"a\":\"" + wrong + "\"}");
            assertThrows(JoseException.class, () -> object.text("a"));
        }
        assertEquals("\uD83D\uDE00", Json.read("{\"a\":\"\\ud83d\\ude00\"}").text("a"));
    }

    @Test
    void lists_areBounded() throws Exception {
        String items = "\"x\",".repeat(63) + "\"x\"";
        assertEquals(64, Json.read("{\"a\":[" + items + "]}").texts("a").size());
        JsonObject more = Json.read("{\"a\":[" + items + ",\"x\"]}");
        assertThrows(JoseException.class, () -> more.texts("a"));
    }

    @Test
    void message_holdsNothingOfTheToken() {
        String secret = encode("{\"secret\":1}");
        JoseException e = assertThrows(
                JoseException.class, () -> Jws.verify(secret + "!." + secret + "." + secret, TokenType.LICENSE, keys));
        assertFalse(String.valueOf(e.getMessage()).contains(secret));
        assertEquals(null, e.getCause());
    }

    private Reason refusal(String token) {
        return assertThrows(JoseException.class, () -> Jws.verify(token, TokenType.LICENSE, keys))
                .reason();
    }

    private static Reason reason(String json) {
        return assertThrows(JoseException.class, () -> Json.read(json)).reason();
    }
}
