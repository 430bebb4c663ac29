package org.partyline.auth.license;

import java.net.URI;
import java.util.Set;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Reading;

/** What reading any document has in common: {@link LicenseException} alone comes out. */
final class Documents {
    private static final int MAX_ID = 64;
    private static final Set<String> REACHABLE = Set.of("https", "mailto");

    private Documents() {}

    /**
     * {@return what is read}
     *
     * @param what the document's name for people
     * @param reading reads it
     * @throws LicenseException if it cannot be read, or nobody who may has signed it
     */
    static <T> T read(String what, Reading<T, LicenseException> reading) throws LicenseException {
        return Reading.all(reading, (kind, message) -> {
            LicenseCode code = switch (kind) {
                case MALFORMED -> LicenseCode.LICENSE_MALFORMED;
                case UNSIGNED -> LicenseCode.LICENSE_SIGNATURE;
            };
            return new LicenseException(code, what + ": " + message);
        });
    }

    static LicenseException malformed(String message) {
        return new LicenseException(LicenseCode.LICENSE_MALFORMED, message);
    }

    /** An address that a person can follow: https, or mail. */
    static URI reachable(JsonObject object, String name) throws JoseException {
        return object.uri(name, REACHABLE);
    }

    /** {@return the id: 1 to 64 letters, digits, dots, hyphens and underlines of ASCII} */
    static String id(String text) {
        boolean legal = !text.isEmpty()
                && text.length() <= MAX_ID
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_'
                                || c == '.');
        if (!legal) {
            throw new IllegalArgumentException("an id has 1 to 64 letters, digits, dots, hyphens and underlines");
        }
        return text;
    }
}
