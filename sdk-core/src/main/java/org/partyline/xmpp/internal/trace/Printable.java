package org.partyline.xmpp.internal.trace;

import java.util.Locale;

/** Writes text so that it can neither hide, nor turn text around, nor break lines, nor pass as markup. */
final class Printable {
    private Printable() {}

    /** {@return an event's text, on one line} */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        append(line, text, false);
        return line.toString();
    }

    /** Appends text or a value of an attribute. */
    static void xml(StringBuilder out, String text) {
        append(out, text, true);
    }

    private static void append(StringBuilder out, String text, boolean markup) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isInvisible(c)) {
                out.append("&#x")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append(';');
            } else if (markup && c == '&') {
                out.append("&amp;");
            } else if (markup && c == '<') {
                out.append("&lt;");
            } else if (markup && c == '>') {
                out.append("&gt;");
            } else if (markup && c == '\'') {
                out.append("&apos;");
            } else {
                out.appendCodePoint(c);
            }
        }
    }

    /** Whatever leaves no mark or moves others: controls, marks of direction, joiners, separators, what has no glyph. */
    static boolean isInvisible(int codePoint) {
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
}
