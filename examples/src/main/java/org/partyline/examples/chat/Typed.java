package org.partyline.examples.chat;

import java.util.Locale;

/**
 * A line that was typed: {@code /command and what follows}, or a text to be said.
 *
 * @param command the command's name in lower case without the slash, or empty for a text
 * @param rest what follows the command, or the text
 */
record Typed(String command, String rest) {

    /** {@return the line taken apart} Two slashes begin a text that itself begins with one. */
    static Typed parse(String line) {
        String text = line.strip();
        if (!text.startsWith("/") || text.startsWith("//") || text.startsWith("/me ")) {
            return new Typed("", text.startsWith("//") ? text.substring(1) : text);
        }
        int end = 1;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return new Typed(
                text.substring(1, end).toLowerCase(Locale.ROOT),
                text.substring(end).strip());
    }

    /** {@return the first word of what follows} */
    String word() {
        return rest.split("\\s+", 2)[0];
    }

    /** {@return what follows the first word} */
    String afterWord() {
        String[] parts = rest.split("\\s+", 2);
        return parts.length < 2 ? "" : parts[1];
    }
}
