package org.partyline.auth.license;

import java.net.URI;
import java.time.DateTimeException;
import java.util.Set;
import org.partyline.auth.internal.crypto.Libraries;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;

/** What reading any document has in common: {@link LicenseException} alone comes out. */
final class Documents {
    private static final int MAX_ID = 64;
    private static final Set<String> WEB = Set.of("https");
    private static final Set<String> REACHABLE = Set.of("https", "mailto");

    /** Reads something that is hostile until it is read. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws JoseException, LicenseException;
    }

    private Documents() {}

    /**
     * {@return what is read}
     *
     * @param what the document's name for people
     * @param reading reads it; an argument that a value refuses is a claim that the document should not have
     * @throws LicenseException if it cannot be read, or nobody who may has signed it
     */
    static <T> T read(String what, Reading<T> reading) throws LicenseException {
        Libraries.require();
        try {
            return reading.read();
        } catch (JoseException e) {
            LicenseCode code = switch (e.reason().kind()) {
                case MALFORMED -> LicenseCode.LICENSE_MALFORMED;
                case UNSIGNED -> LicenseCode.LICENSE_SIGNATURE;
            };
            throw new LicenseException(code, what + ": " + e.getMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            // Messages of the platform can quote what they refuse.
            throw new LicenseException(LicenseCode.LICENSE_MALFORMED, what + ": a claim is out of bounds");
        }
    }

    static LicenseException malformed(String message) {
        return new LicenseException(LicenseCode.LICENSE_MALFORMED, message);
    }

    static URI web(JsonObject object, String name) throws JoseException {
        return object.uri(name, WEB);
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
