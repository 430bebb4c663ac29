package org.partyline.examples.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lays text out for a terminal: no line is wider than it, and what is wrapped is indented.
 *
 * @param columns the terminal's width, or {@link #UNBOUNDED}
 * @param palette the colors
 */
public record Layout(int columns, Palette palette) {

    /** No terminal: nothing is wrapped. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final int NARROWEST = 12;
    private static final int MOST_INDENT = 8;

    /** Keeps the width in a range that leaves room for text. */
    public Layout {
        columns = Math.max(NARROWEST, columns);
    }

    /**
     * {@return what suits standard output} The launcher tells the terminal's width in {@code PARTYLINE_COLUMNS}, and
     * nothing where there is no terminal; {@code NO_COLOR} (no-color.org) turns colors off.
     *
     * @param environment the environment variables
     */
    public static Layout of(Map<String, String> environment) {
        int columns = columns(environment.getOrDefault("PARTYLINE_COLUMNS", ""));
        return new Layout(columns, new Palette(columns != UNBOUNDED && allowsColors(environment)));
    }

    /**
     * {@return whether colors are wanted, if there is a terminal at all}
     *
     * @param environment the environment variables
     */
    public static boolean allowsColors(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    private static int columns(String text) {
        // A terminal that does not know its width says 0.
        return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : UNBOUNDED;
    }

    /**
     * {@return lines that begin with a head, such as who speaks, and go on with a text}
     *
     * @param head stands before the first line; harmless
     * @param headTone how it is meant
     * @param body the text's lines; harmless
     * @param bodyTone how it is meant
     */
    public List<String> lines(String head, Tone headTone, List<String> body, Tone bodyTone) {
        int headCells = Wrapping.cells(head);
        int indent = Math.min(headCells, Math.min(MOST_INDENT, columns / 4));
        List<String> lines = new ArrayList<>();
        boolean headAlone = headCells > columns / 2;
        if (headAlone) {
            for (String piece : Wrapping.lines(head.stripTrailing(), columns, columns)) {
                lines.add(palette.paint(headTone, piece));
            }
        }
        for (String paragraph : body) {
            boolean first = lines.isEmpty();
            for (String piece : Wrapping.lines(paragraph, columns - (first ? headCells : indent), columns - indent)) {
                lines.add((lines.isEmpty() ? palette.paint(headTone, head) : " ".repeat(indent))
                        + palette.paint(bodyTone, piece));
            }
        }
        return lines;
    }

    /**
     * {@return a text, wrapped}
     *
     * @param tone how it is meant
     * @param text one line; harmless
     */
    public List<String> lines(Tone tone, String text) {
        int indent = text.length() - text.stripLeading().length();
        return lines(" ".repeat(indent), tone, List.of(text.stripLeading()), tone);
    }
}
