package org.partyline.examples.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    private static final Palette PLAIN = new Palette(false);
    private static final String SPEECH = "Neither, fair maid, if either thee dislike. https://montague.example/"
            + "a-path-that-is-longer-than-any-line 中文字符很宽 and on it goes";

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 20, 33, 40, 80, 200})
    void lines_atAnyWidth_fitAndLoseNothing(int columns) {
        Layout layout = new Layout(columns, PLAIN);

        List<String> lines = layout.lines("12:00 romeo: ", Tone.THEIRS, List.of(SPEECH), Tone.PLAIN);

        assertTrue(lines.stream().allMatch(line -> Wrapping.cells(line) <= layout.columns()), String.join("\n", lines));
        assertEquals(
                ("12:00 romeo: " + SPEECH).replace(" ", ""),
                String.join("", lines).replace(" ", ""));
    }

    @Test
    void lines_thatAreWrapped_breakAtSpacesAndAreIndented() {
        List<String> lines = new Layout(24, PLAIN)
                .lines("romeo: ", Tone.THEIRS, List.of("but soft, what light through"), Tone.PLAIN);

        assertEquals(List.of("romeo: but soft, what", "      light through"), lines);
    }

    @Test
    void lines_ofWideCharacters_countTwoCellsEach() {
        assertEquals(List.of("中文字符很宽", "中文"), new Layout(12, PLAIN).lines(Tone.PLAIN, "中文字符很宽中文"));
    }

    @Test
    void lines_withoutATerminal_areNotWrapped() {
        String text = "word ".repeat(500) + "end";

        assertEquals(List.of(text), new Layout(Layout.UNBOUNDED, PLAIN).lines(Tone.PLAIN, text));
    }

    @Test
    void lines_withColors_endThemOnEachLine() {
        List<String> lines = new Layout(12, new Palette(true)).lines(Tone.BAD, "one two three four");

        assertEquals(List.of("\u001B[31mone two\u001B[0m", "\u001B[31mthree four\u001B[0m"), lines);
    }

    @Test
    void of_aTerminal_hasItsWidthAndColors() {
        Layout layout = Layout.of(Map.of("PARTYLINE_COLUMNS", "72", "TERM", "xterm"));

        assertEquals(72, layout.columns());
        assertTrue(layout.palette().colored());
    }

    @Test
    void of_noTerminal_hasNeither() {
        Layout layout = Layout.of(Map.of("TERM", "xterm"));

        assertEquals(Layout.UNBOUNDED, layout.columns());
        assertFalse(layout.palette().colored());
    }

    @Test
    void of_aTerminalWithoutColors_hasNone() {
        assertFalse(Layout.of(Map.of("PARTYLINE_COLUMNS", "80", "NO_COLOR", "1"))
                .palette()
                .colored());
        assertFalse(Layout.of(Map.of("PARTYLINE_COLUMNS", "80", "TERM", "dumb"))
                .palette()
                .colored());
        assertTrue(Layout.of(Map.of("PARTYLINE_COLUMNS", "80", "NO_COLOR", ""))
                .palette()
                .colored());
    }
}
