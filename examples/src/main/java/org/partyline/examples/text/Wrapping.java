package org.partyline.examples.text;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Breaks text into lines that fit a terminal, whose cells are not characters: some take two, some none. */
final class Wrapping {
    private Wrapping() {}

    /** {@return how many cells the text takes} */
    static int cells(String text) {
        return text.codePoints().map(Wrapping::cells).sum();
    }

    private static int cells(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /**
     * {@return the text in pieces, broken at spaces where there are some}
     *
     * @param text one line
     * @param first how many cells the first piece may take
     * @param rest how many the others may take
     */
    static List<String> lines(String text, int first, int rest) {
        List<String> lines = new ArrayList<>();
        String left = text;
        int room = first;
        while (cells(left) > room) {
            int end = fitting(left, room);
            int space = left.lastIndexOf(' ', end);
            boolean atSpace = space > 0 && !left.substring(0, space).isBlank();
            lines.add(left.substring(0, atSpace ? space : end).stripTrailing());
            left = left.substring(atSpace ? space + 1 : end);
            room = rest;
        }
        lines.add(left);
        return lines;
    }

    /** {@return how many characters of the text fit, at least one code point's} */
    private static int fitting(String text, int room) {
        int used = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            used += cells(c);
            if (used > room && i > 0) {
                return i;
            }
            i += Character.charCount(c);
        }
        return i;
    }
}
