package org.partyline.address;

import java.util.Locale;
import org.partyline.address.JidFormatException.Part;
import rocks.xmpp.precis.PrecisProfiles;

/** The part before the {@code @}: UsernameCaseMapped, without the characters that delimit (RFC 7622 section 3.3). */
final class LocalParts {
    private static final String FORBIDDEN = "\"&'/:<>@";

    private LocalParts() {}

    static String normalize(String raw) {
        if (isNormal(raw)) {
            return raw;
        }
        Jid.requireSaneLength(Part.LOCAL, raw);
        String normal = isPlain(raw)
                ? raw.toLowerCase(Locale.ROOT)
                : CodePoints.enforce(Part.LOCAL, PrecisProfiles.USERNAME_CASE_MAPPED, raw);
        for (int i = 0; i < normal.length(); i++) {
            // After mapping: a full-width @ has become a plain one.
            if (FORBIDDEN.indexOf(normal.charAt(i)) >= 0) {
                throw new JidFormatException(Part.LOCAL, "it may not hold any of " + FORBIDDEN);
            }
        }
        return CodePoints.requireFits(Part.LOCAL, normal);
    }

    /** {@return whether it is as this would leave it; said of the usual kind only} */
    private static boolean isNormal(String raw) {
        int length = raw.length();
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '-' || c > '9' || c == '/') && c != '_') {
                return false;
            }
        }
        return length > 0 && length <= Jid.MAX_PART_BYTES;
    }

    /** {@return whether lower-casing is all that the profile would do} */
    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
