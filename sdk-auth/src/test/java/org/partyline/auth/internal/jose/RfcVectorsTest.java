package org.partyline.auth.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.auth.internal.crypto.KeyKind;
import org.partyline.auth.internal.crypto.SigningKey;

/** The examples of the RFCs. */
class RfcVectorsTest {

    @Test
    @DisplayName("C02 ES256 of RFC 7515 appendix A.3")
    void es256_ofTheRfc_isVerified() throws Exception {
        Jwk key = Jwk.read(Json.read("{\"kty\":\"EC\",\"crv\":\"P-256\","
                + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}"));
        String signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6"
                + "Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        byte[] signature = Base64Url.decode(
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");

        assertTrue(key.key().verify(signed.getBytes(US_ASCII), signature));
        assertFalse(key.key().verify((signed + "x").getBytes(US_ASCII), signature));
        SigningKey own = SigningKey.of(KeyKind.P256, Base64Url.decode("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"));
        assertEquals(key.key(), own.verifyKey());
    }

    @Test
    @DisplayName("C02 Ed25519 of RFC 8037 appendix A.1 to A.5")
    void ed25519_ofTheRfc_isSignedAndVerified() throws Exception {
        Jwk key = Jwk.read(Json.read(
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"," + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"));
        SigningKey own =
                SigningKey.of(KeyKind.ED25519, Base64Url.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"));
        byte[] signed = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(US_ASCII);
        String signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

        assertEquals(key.key(), own.verifyKey());
        assertEquals(signature, Base64Url.encode(own.sign(signed)));
        assertTrue(key.key().verify(signed, Base64Url.decode(signature)));
        assertEquals("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", key.thumbprint());
    }
}
