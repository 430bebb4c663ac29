package org.partyline.address;

import org.partyline.address.JidFormatException.Part;
import rocks.xmpp.precis.PrecisProfile;

/** PRECIS and the bounds, with errors that name what is wrong and do not repeat foreign text. */
final class CodePoints {
    private CodePoints() {}

    static String enforce(Part part, PrecisProfile profile, String raw) {
        // First of all: the library lets some through, such as the variation selectors of plane 14.
        raw.codePoints().filter(CodePoints::isInvisible).findFirst().ifPresent(c -> {
            throw new JidFormatException(part, "it may not hold " + name(c));
        });
        try {
            return profile.enforce(raw);
        } catch (IllegalArgumentException e) {
            throw new JidFormatException(
                    part, "it holds a character that is not allowed, or mixes directions (RFC 8264, RFC 5893)");
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

    static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** {@return whether nothing is drawn: controls, what is unassigned, Default_Ignorable_Code_Point} */
    static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isIgnorable(codePoint);
        };
    }

    /** Those of Default_Ignorable_Code_Point that are not format characters or unassigned. */
    private static boolean isIgnorable(int codePoint) {
        return codePoint == 0x034f
                || codePoint == 0x115f
                || codePoint == 0x1160
                || codePoint == 0x17b4
                || codePoint == 0x17b5
                || (codePoint >= 0x180b && codePoint <= 0x180f)
                || codePoint == 0x3164
                || (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
                || codePoint == 0xffa0
                || (codePoint >= 0xe0000 && codePoint <= 0xe0fff);
    }

    static String name(int codePoint) {
        return String.format("U+%04X", codePoint);
    }
}
