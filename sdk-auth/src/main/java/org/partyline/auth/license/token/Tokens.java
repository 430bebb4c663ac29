package org.partyline.auth.license.token;

import java.net.URI;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import org.partyline.auth.internal.crypto.Libraries;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.Json;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.license.LicenseCode;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.PublicJwk;

/** What reading any token has in common: {@link LicenseException} alone comes out. */
final class Tokens {
    private static final Set<String> WEB = Set.of("https");

    /** Reads something that is hostile until it is read. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws JoseException, LicenseException;
    }

    private Tokens() {}

    /**
     * {@return what is read}
     *
     * @param what the token's name for people
     * @param unsigned the code if nobody who may has signed it
     * @param reading reads it
     */
    static <T> T read(String what, LicenseCode unsigned, Reading<T> reading) throws LicenseException {
        Libraries.require();
        try {
            return reading.read();
        } catch (JoseException e) {
            LicenseCode code = switch (e.reason().kind()) {
                case MALFORMED -> LicenseCode.LICENSE_MALFORMED;
                case UNSIGNED -> unsigned;
            };
            throw new LicenseException(code, what + ": " + e.getMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new LicenseException(LicenseCode.LICENSE_MALFORMED, what + ": a claim is out of bounds");
        }
    }

    static LicenseException invalid(String message) {
        return new LicenseException(LicenseCode.PROOF_INVALID, message);
    }

    static URI web(JsonObject claims, String name) throws JoseException {
        return claims.uri(name, WEB);
    }

    static List<Jwk> jwks(List<PublicJwk> keys) {
        return keys.stream().map(Tokens::jwk).toList();
    }

    private static Jwk jwk(PublicJwk key) {
        try {
            return Jwk.read(Json.read(key.json()));
        } catch (JoseException e) {
            throw new IllegalStateException("a key that was checked is none", e);
        }
    }
}
