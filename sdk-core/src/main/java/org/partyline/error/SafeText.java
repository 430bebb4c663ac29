package org.partyline.error;

/** Keeps what came from elsewhere from breaking lines, hiding, or turning text around in logs and terminals. */
final class SafeText {
    /** Characters of a message, what comes from elsewhere included. */
    private static final int MAX_MESSAGE = 512;
    /** Characters of what comes from elsewhere, in a message (L40). */
    private static final int MAX_FOREIGN = 256;
    /** Characters of a condition. */
    private static final int MAX_TOKEN = 64;

    private static final String UNDEFINED = "undefined-condition";

    private SafeText() {}

    /** {@return a message of one line, its invisible characters written by number, and cut where it is far too long} */
    static String message(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), MAX_MESSAGE));
        for (int i = 0; i < text.length(); ) {
            if (safe.length() >= MAX_MESSAGE) {
                return safe.append("...").toString();
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isInvisible(c)) {
                safe.append(String.format("<U+%04X>", c));
            } else {
                safe.appendCodePoint(c);
            }
        }
        return safe.toString();
    }

    /** {@return what comes from elsewhere, cut where it is too long for a part of a message} */
    static String foreign(String text) {
        return text.length() <= MAX_FOREIGN ? text : text.substring(0, MAX_FOREIGN) + "...";
    }

    /**
     * {@return a condition as it is, if it could be one, or {@code undefined-condition}: what is not defined is to be taken
     * so (RFC 6120 section 8.3.3.21)}
     */
    static String condition(String text) {
        boolean legal = !text.isEmpty() && text.length() <= MAX_TOKEN;
        for (int i = 0; legal && i < text.length(); i++) {
            char c = text.charAt(i);
            legal = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        }
        return legal ? text : UNDEFINED;
    }

    private static boolean isInvisible(int codePoint) {
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
