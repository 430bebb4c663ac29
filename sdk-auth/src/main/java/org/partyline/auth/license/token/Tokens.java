package org.partyline.auth.license.token;

import java.util.List;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.internal.jose.Reading;
import org.partyline.auth.license.LicenseCode;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.PublicJwk;

/** What reading any token has in common: {@link LicenseException} alone comes out. */
final class Tokens {
    private Tokens() {}

    /**
     * {@return what is read}
     *
     * @param what the token's name for people
     * @param unsigned the code if nobody who may has signed it
     * @param reading reads it
     */
    static <T> T read(String what, LicenseCode unsigned, Reading<T, LicenseException> reading) throws LicenseException {
        return Reading.all(reading, (kind, message) -> {
            LicenseCode code = switch (kind) {
                case MALFORMED -> LicenseCode.LICENSE_MALFORMED;
                case UNSIGNED -> unsigned;
            };
            return new LicenseException(code, what + ": " + message);
        });
    }

    static LicenseException invalid(String message) {
        return new LicenseException(LicenseCode.PROOF_INVALID, message);
    }

    static List<Jwk> jwks(List<PublicJwk> keys) {
        return keys.stream().map(key -> Jwk.checked(key.json())).toList();
    }
}
