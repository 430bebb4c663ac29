package org.partyline.examples.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes text that others wrote harmless on a terminal. Control characters (and so every escape sequence), characters that
 * turn the direction of text around, and what else cannot be seen are written by number, as {@code <U+001B>}. What runs
 * from right to left is kept to itself. Long texts, and long stacks of marks on one letter, are cut.
 */
public final class ForeignText {
    private static final int MOST_CHARACTERS = 8_000;
    private static final int MOST_LINES = 60;
    private static final int MOST_MARKS = 4;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final char ISOLATE = '\u2068';
    private static final char END_OF_ISOLATE = '\u2069';

    private ForeignText() {}

    /** {@return the text on one line; line breaks become spaces} */
    public static String line(String text) {
        return String.join(" ", lines(text));
    }

    /** {@return the text's lines, at least one} */
    public static List<String> lines(String text) {
        boolean cut = text.length() > MOST_CHARACTERS;
        String kept = cut ? text.substring(0, MOST_CHARACTERS) : text;
        String[] raw = kept.split("\\R", -1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < raw.length && i < MOST_LINES; i++) {
            lines.add(harmless(raw[i]));
        }
        if (cut || raw.length > MOST_LINES) {
            lines.add("... (cut: it has " + text.length() + " characters)");
        }
        return lines;
    }

    private static String harmless(String line) {
        StringBuilder safe = new StringBuilder(line.length());
        boolean rightToLeft = false;
        int marks = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            i += Character.charCount(c);
            marks = isMark(c) ? marks + 1 : 0;
            if (marks > MOST_MARKS) {
                continue;
            }
            if (c == '\t') {
                safe.append("    ");
            } else if (isUnseen(c)) {
                safe.append(String.format("<U+%04X>", c));
            } else {
                safe.appendCodePoint(c);
                rightToLeft |= isRightToLeft(c);
            }
        }
        return rightToLeft ? ISOLATE + safe.toString() + END_OF_ISOLATE : safe.toString();
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isRightToLeft(int codePoint) {
        byte direction = Character.getDirectionality(codePoint);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static boolean isUnseen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            // Emoji and several scripts need the joiners.
            case Character.FORMAT -> codePoint != ZERO_WIDTH_JOINER && codePoint != ZERO_WIDTH_NON_JOINER;
            // Emoji that are newer than the running Java.
            case Character.UNASSIGNED -> codePoint < 0x1F000 || codePoint > 0x1FAFF;
            default -> false;
        };
    }
}
