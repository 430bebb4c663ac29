package org.partyline.examples.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignTextTest {

    @ParameterizedTest
    @CsvSource({
        "001B, an escape sequence begins so",
        "009B, so too in one character",
        "0007, rings the bell",
        "0008, goes back over what stands there",
        "007F, deletes",
        "202E, turns text around",
        "202A, embeds a direction",
        "2066, isolates a direction",
        "200F, is a mark of direction",
        "00AD, is not seen",
        "FEFF, is not seen",
        "E000, is private",
        "FFFF, is no character",
        "E0041, is a tag"
    })
    void line_withACharacterThatDoesHarm_writesItsNumber(String number, String why) {
        String character = Character.toString(Integer.parseInt(number, 16));

        assertEquals("a<U+" + number + ">b", ForeignText.line("a" + character + "b"), why);
    }

    @Test
    void line_withWholeEscapeSequences_leavesNothingThatATerminalObeys() {
        String line = ForeignText.line("\u001B[2J\u001B]0;title\u0007\u009B31mred");

        assertTrue(line.chars().noneMatch(Character::isISOControl), line);
        assertEquals("<U+001B>[2J<U+001B>]0;title<U+0007><U+009B>31mred", line);
    }

    @Test
    void line_withHalfASurrogatePair_writesItsNumber() {
        assertEquals("a<U+D83D>b", ForeignText.line("a\uD83Db"));
    }

    @ParameterizedTest
    @CsvSource({"plain text", "Grüße", "日本語", "👨‍👩‍👧", "नमस्ते", "🫨"})
    void line_thatIsHarmless_staysAsItIs(String text) {
        assertEquals(text, ForeignText.line(text));
    }

    @Test
    void line_fromRightToLeft_isKeptToItself() {
        assertEquals("\u2068שלום\u2069", ForeignText.line("שלום"));
    }

    @Test
    void line_withManyMarksOnOneLetter_keepsFour() {
        assertEquals("a" + "\u0301".repeat(4) + "b", ForeignText.line("a" + "\u0301".repeat(500) + "b"));
    }

    @Test
    void line_withLineBreaks_isOneLine() {
        assertEquals("one two three four", ForeignText.line("one\ntwo\r\nthree\u2028four"));
    }

    @Test
    void lines_withLineBreaks_areSeveral() {
        assertEquals(List.of("one", "", "three    four"), ForeignText.lines("one\n\nthree\tfour"));
    }

    @Test
    void lines_ofATextThatIsFarTooLong_areCut() {
        List<String> wide = ForeignText.lines("x".repeat(1_000_000));
        List<String> high = ForeignText.lines("x\n".repeat(1_000));

        assertEquals(2, wide.size());
        assertEquals(8_000, wide.get(0).length());
        assertEquals(61, high.size());
        assertEquals("... (cut: it has 2000 characters)", high.get(60));
        assertFalse(String.join("", wide).length() > 8_100);
    }
}
