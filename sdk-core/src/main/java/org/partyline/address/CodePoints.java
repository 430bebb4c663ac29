package org.partyline.address;

import org.jspecify.annotations.Nullable;
import org.partyline.address.JidFormatException.Part;
import rocks.xmpp.precis.PrecisProfile;

/** PRECIS and the bounds, with errors that name what is wrong and do not repeat foreign text. */
final class CodePoints {
    private CodePoints() {}

    static String enforce(Part part, PrecisProfile profile, String raw) {
        try {
            return profile.enforce(raw);
        } catch (IllegalArgumentException e) {
            String offender = offender(raw);
            throw new JidFormatException(
                    part,
                    offender != null
                            ? "it may not hold " + offender
                            : "it holds a character that is not allowed, or mixes directions (RFC 8264, RFC 5893)");
        }
    }

    static String requireFits(Part part, String normal) {
        int bytes = 0;
        for (int i = 0; i < normal.length(); i++) {
            char c = normal.charAt(i);
            // A surrogate is half of four bytes; PRECIS let no lone one through.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        if (bytes > Jid.MAX_PART_BYTES) {
            throw new JidFormatException(
                    part, "it has " + bytes + " bytes, and " + Jid.MAX_PART_BYTES + " are allowed");
        }
        return normal;
    }

    /** {@return the first character that no profile allows, by number} */
    private static @Nullable String offender(String raw) {
        return raw.codePoints()
                .filter(CodePoints::isNeverAllowed)
                .mapToObj(CodePoints::name)
                .findFirst()
                .orElse(null);
    }

    private static boolean isNeverAllowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** {@return whether nothing is drawn: controls, unassigned ones, Default_Ignorable_Code_Point, the blank Braille pattern} */
    static boolean isInvisible(int codePoint) {
        return isNeverAllowed(codePoint)
                || codePoint == 0x034f
                || codePoint == 0x115f
                || codePoint == 0x1160
                || codePoint == 0x17b4
                || codePoint == 0x17b5
                || (codePoint >= 0x180b && codePoint <= 0x180f)
                || codePoint == 0x2800
                || codePoint == 0x3164
                || (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
                || codePoint == 0xffa0
                || (codePoint >= 0xe0000 && codePoint <= 0xe0fff);
    }

    static String name(int codePoint) {
        return String.format("U+%04X", codePoint);
    }
}
