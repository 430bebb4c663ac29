package org.partyline.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.address.JidFormatException.Part;

@DisplayName("T-UNI-1 what misleads is refused, made plain, or shown")
class JidUnicodeTest {
    private static final String REFUSED = "refused";

    /** A character or text; as a local part and as a resource it is refused, or becomes what stands there. */
    static Stream<Arguments> texts() {
        return Stream.of(
                row("zero width space", "a\u200bb", REFUSED, REFUSED),
                row("zero width non-joiner", "a\u200cb", REFUSED, REFUSED),
                row("zero width joiner", "a\u200db", REFUSED, REFUSED),
                row("left-to-right mark", "a\u200eb", REFUSED, REFUSED),
                row("right-to-left override", "a\u202eb", REFUSED, REFUSED),
                row("left-to-right embedding", "a\u202ab", REFUSED, REFUSED),
                row("pop directional formatting", "a\u202cb", REFUSED, REFUSED),
                row("left-to-right isolate", "a\u2066b", REFUSED, REFUSED),
                row("pop directional isolate", "a\u2069b", REFUSED, REFUSED),
                row("word joiner", "a\u2060b", REFUSED, REFUSED),
                row("invisible times", "a\u2062b", REFUSED, REFUSED),
                row("combining grapheme joiner", "a\u034fb", REFUSED, REFUSED),
                row("byte order mark", "\ufeffa", REFUSED, REFUSED),
                row("soft hyphen", "a\u00adb", REFUSED, REFUSED),
                row("tag letter", "a\udb40\udc41b", REFUSED, REFUSED),
                row("language tag", "a\udb40\udc01b", REFUSED, REFUSED),
                row("variation selector", "a\ufe0fb", REFUSED, REFUSED),
                row("variation selector supplement", "a\udb40\udd00b", REFUSED, REFUSED),
                row("Hangul filler", "a\u3164b", REFUSED, REFUSED),
                row("Hangul choseong filler", "a\u115fb", REFUSED, REFUSED),
                row("Mongolian vowel separator", "a\u180eb", REFUSED, REFUSED),
                row("line separator", "a\u2028b", REFUSED, REFUSED),
                row("paragraph separator", "a\u2029b", REFUSED, REFUSED),
                row("next line", "a\u0085b", REFUSED, REFUSED),
                row("null", "a\u0000b", REFUSED, REFUSED),
                row("line feed", "a\nb", REFUSED, REFUSED),
                row("escape", "a\u001bb", REFUSED, REFUSED),
                row("delete", "a\u007fb", REFUSED, REFUSED),
                row("private use", "a\ue000b", REFUSED, REFUSED),
                row("unassigned", "a\u0378b", REFUSED, REFUSED),
                row("noncharacter", "a\ufffeb", REFUSED, REFUSED),
                row("lone high surrogate", "a\ud800", REFUSED, REFUSED),
                row("lone low surrogate", "\udc00a", REFUSED, REFUSED),
                row("space", "a b", REFUSED, "a b"),
                row("no-break space", "a\u00a0b", REFUSED, "a b"),
                row("ideographic space", "a\u3000b", REFUSED, "a b"),
                row("emoji", "\ud83d\ude00", REFUSED, "\ud83d\ude00"),
                row("chess king", "\u265a", REFUSED, "\u265a"),
                row("Roman numeral four", "\u2163", REFUSED, "\u2163"),
                row("ligature fi", "\ufb01", REFUSED, "\ufb01"),
                row("long s", "\u017f", REFUSED, "\u017f"),
                row("Kelvin sign", "\u212a", "k", "K"),
                row("Angstrom sign", "\u212b", "\u00e5", "\u00c5"),
                row("Cherokee capital", "\u13a0", "\uab70", "\u13a0"),
                row("Cherokee small", "\uab70", "\uab70", "\uab70"),
                row("full-width letter", "\uff21", "a", "\uff21"),
                row("full-width at sign", "a\uff20b", REFUSED, "a\uff20b"),
                row("full-width slash", "a\uff0fb", REFUSED, "a\uff0fb"),
                row("small at sign", "a\ufe6bb", REFUSED, "a\ufe6bb"),
                row("dotted capital I", "\u0130", "i\u0307", "\u0130"),
                row("dotless i", "\u0131", "\u0131", "\u0131"),
                row("sharp s", "\u00df", "\u00df", "\u00df"),
                row("capital sharp s", "\u1e9e", "\u00df", "\u1e9e"),
                row("final sigma", "\u03c2", "\u03c2", "\u03c2"),
                row("letter and mark", "e\u0301", "\u00e9", "\u00e9"),
                row("jamo", "\u1100\u1161", "\uac00", "\uac00"),
                row("Hebrew", "\u05d0\u05d1", "\u05d0\u05d1", "\u05d0\u05d1"),
                row("Hebrew and Latin", "\u05d0a", REFUSED, "\u05d0a"),
                row("Cyrillic homograph", "p\u0430ypal", "p\u0430ypal", "p\u0430ypal"),
                row("empty", "", REFUSED, REFUSED));
    }

    private static Arguments row(String name, String text, String local, String resource) {
        return arguments(name, text, local, resource);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void partsAreRefusedOrMadePlain(String name, String text, String local, String resource) {
        if (local.equals(REFUSED)) {
            assertEquals(
                    Part.LOCAL,
                    assertThrows(JidFormatException.class, () -> Jid.of(text, "b.example", null), name)
                            .part());
        } else {
            assertEquals(local, Jid.of(text, "b.example", null).local(), name);
        }
        if (resource.equals(REFUSED)) {
            assertEquals(
                    Part.RESOURCE,
                    assertThrows(JidFormatException.class, () -> Jid.of(null, "b.example", text), name)
                            .part());
        } else {
            assertEquals(resource, Jid.of(null, "b.example", text).resource(), name);
        }
    }

    /** What a domain of these would become in IDNA2003, which drops and folds; here it is refused, or stays itself. */
    @ParameterizedTest
    @MethodSource("domains")
    void domains_dropAndFoldNothing(String domain, String kept) {
        if (kept.equals(REFUSED)) {
            assertEquals(
                    Part.DOMAIN,
                    assertThrows(JidFormatException.class, () -> Jid.of(null, domain, null))
                            .part());
        } else {
            assertEquals(kept, Jid.of(null, domain, null).domain());
        }
    }

    static Stream<Arguments> domains() {
        return Stream.of(
                arguments("a\u200bb.example", REFUSED),
                arguments("a\u00adb.example", REFUSED),
                arguments("\u017fhop.example", REFUSED),
                arguments("\ufb01sh.example", REFUSED),
                arguments("a\uff20b.example", REFUSED),
                arguments("a\uff0fb.example", REFUSED),
                arguments("a\u202eb.example", REFUSED),
                arguments("a\u2024example", REFUSED),
                arguments("\ud83d\ude00.example", REFUSED),
                arguments("\ud800.example", REFUSED),
                arguments("stra\u00dfe.example", "stra\u00dfe.example"),
                arguments("\u212aelvin.example", "kelvin.example"),
                arguments("\u05d0\u05d1.example", "\u05d0\u05d1.example"));
    }

    @Test
    void displayForm_ofAscii_isTheAddress() {
        assertEquals("juliet@b.example/x", Jid.parse("juliet@b.example/x").displayForm());
    }

    @Test
    void displayForm_isolatesWhatMayTurnAround() {
        String shown = Jid.parse("\u05d0\u05d1@b.example/\u0627\u0644").displayForm();
        assertEquals("\u2066\u2068\u05d0\u05d1\u2069@b.example/\u2068\u0627\u0644\u2069\u2069", shown);
        assertEquals(
                shown.chars().filter(c -> c == 0x2066 || c == 0x2068).count(),
                shown.chars().filter(c -> c == 0x2069).count());
    }

    @Test
    void displayForm_showsLettersOfASecondScript() {
        assertEquals(
                "p<U+0430>ypal@b.example", Jid.parse("p\u0430ypal@b.example").displayForm());
        assertTrue(Jid.parse("a@p\u0430ypal.example").displayForm().contains("p<U+0430>ypal"));
        assertTrue(
                Jid.parse("\u0430\u03bf@b").displayForm().contains("\u0430<U+03BF>"),
                "the first letter's script is home");
    }

    @Test
    void displayForm_leavesWhatIsWrittenTogether() {
        for (String text : new String[] {
            "\u0430\u043d\u043d\u0430@b.example", // Cyrillic
            "\u65e5\u672c\u8a9e\u306e\u30ab\u30bf@b.example", // Han, Hiragana, Katakana
            "kim\uae40@b.example", // Latin and Hangul
            "\u00e9mile2@b.example",
            "b.example/Anna \u0410\u043d\u043d\u0430", // one script a word
            "anna.\u0430\u043d\u043d\u0430@b.example"
        }) {
            assertTrue(Jid.parse(text).displayForm().indexOf('<') < 0, text);
        }
    }

    @Test
    void displayForm_showsAFloodOfMarks() {
        // NFC makes the letter and the first mark one; four of the other 69 stand on it.
        String shown = Jid.of("a" + "\u0323".repeat(70), "b.example", null).displayForm();
        assertEquals(
                "\u2066\u2068\u1ea1" + "\u0323".repeat(4) + "<U+0323>".repeat(65) + "\u2069@b.example\u2069", shown);
    }

    @Test
    void displayForm_showsWhatCannotBeSeen_shouldATableLetItThrough() {
        assertEquals(
                "a<U+200B>b@b.example/<U+E0041><U+034F>",
                DisplayForm.of("a\u200bb", "b.example", "\udb40\udc41\u034f"));
        assertTrue(
                Jid.of(null, "b.example", "a\u2800b").displayForm().contains("a<U+2800>b"),
                "the blank Braille pattern");
    }
}
