package org.partyline.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.JidFormatException.Part;

class JidTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            capulet.example,                    -,      capulet.example, -
            juliet@capulet.example,             juliet, capulet.example, -
            capulet.example/balcony,            -,      capulet.example, balcony
            juliet@capulet.example/balcony,     juliet, capulet.example, balcony
            juliet@capulet.example/a/b@c,       juliet, capulet.example, a/b@c
            capulet.example/juliet@verona,      -,      capulet.example, juliet@verona
            """)
    @DisplayName("RFC 7622 section 3.1: the first slash, then the first at sign before it")
    void parse_splitsAtTheFirstSlash(String text, String local, String domain, String resource) {
        Jid jid = Jid.parse(text);
        assertEquals(local, jid.local());
        assertEquals(domain, jid.domain());
        assertEquals(resource, jid.resource());
        assertEquals(text, jid.toString());
    }

    /** The tables of RFC 7622 section 3.5. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "juliet@example.com",
                "juliet@example.com/foo",
                "juliet@example.com/foo bar",
                "juliet@example.com/foo@bar",
                "foo\\20bar@example.com",
                "fussball@example.com",
                "fu\u00dfball@example.com",
                "\u03c0@example.com",
                "\u03c3@example.com/foo",
                "\u03c2@example.com",
                "king@example.com/\u265a",
                "example.com",
                "example.com/foobar",
                "a.example.com/b@example.net"
            })
    void examplesOfTheStandard_areAddressesInNormalForm(String text) {
        assertEquals(text, Jid.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"juliet\"@example.com', LOCAL",
        "'foo bar@example.com', LOCAL",
        "'juliet@example.com/', RESOURCE",
        "'@example.com/', LOCAL",
        "'henry\u2163@example.com', LOCAL",
        "'\u265a@example.com', LOCAL",
        "'juliet@', DOMAIN",
        "'/foobar', DOMAIN"
    })
    void counterExamplesOfTheStandard_areRefused(String text, Part part) {
        assertEquals(
                part,
                assertThrows(JidFormatException.class, () -> Jid.parse(text)).part());
    }

    @ParameterizedTest
    @CsvSource({
        "Juliet@Capulet.Example/Balcony, juliet@capulet.example/Balcony",
        "\u03a3@example.com, \u03c3@example.com",
        "juliet@example.com., juliet@example.com",
        "\uff2auliet@example\u3002com, juliet@example.com",
        "a@e\u0301.example, a@\u00e9.example",
        "a@XN--BCHER-KVA.example, a@b\u00fccher.example",
        "a@xn--strae-oqa.de, a@stra\u00dfe.de",
        "a@B\u00dcCHER.example, a@b\u00fccher.example",
        "a@[2001:DB8::1], a@[2001:db8::1]",
        "a@192.0.2.1, a@192.0.2.1",
        "a@b/x\u3000y, a@b/x y",
    })
    void parts_areNormalized(String text, String normal) {
        assertEquals(normal, Jid.parse(text).toString());
        assertEquals(Jid.parse(normal), Jid.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                ".a",
                "a@b..",
                "-a",
                "a-",
                "a_b",
                "a b",
                "a:5222",
                "b@c@d",
                "[::1",
                "[]",
                "[::1]x",
                "[g::]",
                "[1.2.3.4]",
                "[fe80::1%lo]",
                "[localhost]",
                "xn--",
                "xn--a",
                "xn--abc-",
                "xn--99999999",
                "xn--b\u00fccher",
                "\u0301a.b",
                "a.\u0301b",
                "x@",
                "a\u05d0b",
                "*"
            })
    void illegalDomains_areRefused(String domain) {
        assertEquals(
                Part.DOMAIN,
                assertThrows(JidFormatException.class, () -> Jid.of(null, domain, null))
                        .part());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "&", "'", "/", ":", "<", ">", "@"})
    void forbiddenLocalCharacters_areRefused_plainAndFullWidth(String character) {
        char wide = (char) (character.charAt(0) + 0xfee0);
        for (String local : new String[] {character, "a" + character, wide + "a"}) {
            assertEquals(
                    Part.LOCAL,
                    assertThrows(JidFormatException.class, () -> Jid.of(local, "b", null))
                            .part());
        }
    }

    @Test
    @DisplayName("L11: a part has 1,023 bytes, and the whole 3,071")
    void bounds_holdForBytesAfterNormalization() {
        String full = "x".repeat(1023);
        String label = "d".repeat(63);
        String domain = (label + ".").repeat(15) + label;
        assertEquals(1023, domain.length());
        assertEquals(3071, Jid.of(full, domain, full).toString().length());
        assertThrows(JidFormatException.class, () -> Jid.of(full + "x", "b", null));
        assertThrows(JidFormatException.class, () -> Jid.of(null, domain + ".d", null));
        assertThrows(JidFormatException.class, () -> Jid.of(null, "d".repeat(64), null));
        assertThrows(JidFormatException.class, () -> Jid.of(null, "b", full + "x"));
        assertThrows(JidFormatException.class, () -> Jid.of(null, "b", "x".repeat(10_000_000)));
        assertEquals(
                "\u00e9".repeat(511), Jid.of("\u00e9".repeat(511), "b", null).local());
        assertThrows(JidFormatException.class, () -> Jid.of("\u00e9".repeat(512), "b", null));
        assertEquals(
                "\ud83d\ude00".repeat(255),
                Jid.of(null, "b", "\ud83d\ude00".repeat(255)).resource());
        assertThrows(JidFormatException.class, () -> Jid.of(null, "b", "\ud83d\ude00".repeat(256)));
        assertEquals(full, Jid.of("\uff38".repeat(1023), "b", null).local(), "full-width letters become plain ones");
    }

    @Test
    void equality_isThatOfTheNormalForm() {
        Jid one = Jid.parse("Juliet@Capulet.example/b");
        Jid other = Jid.of("juliet", "capulet.example", "b");
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, Jid.parse("juliet@capulet.example/B"));
        assertNotEquals(one, one.bare());
        assertNotEquals(Jid.parse("a@b"), Jid.parse("b/a"));
        assertNotEquals(one, (Object) one.toString());
    }

    @Test
    void bareAndResource_areCutAndPut() {
        Jid bare = Jid.parse("juliet@capulet.example");
        assertTrue(bare.isBare());
        assertSame(bare, bare.bare());
        Jid full = bare.withResource("balcony");
        assertFalse(full.isBare());
        assertEquals(bare, full.bare());
        assertNull(full.bare().resource());
        assertEquals(
                Part.RESOURCE,
                assertThrows(JidFormatException.class, () -> bare.withResource(""))
                        .part());
    }

    @Test
    void turkishLocale_changesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertEquals(
                    "istanbul@title.example/I",
                    Jid.parse("ISTANBUL@TITLE.EXAMPLE/I").toString());
            assertEquals(
                    "i\u0307\u00e9@\u00e9i.example",
                    Jid.parse("\u0130\u00c9@\u00c9I.example").toString());
            assertEquals("\u0131", Jid.of("\u0131", "b", null).local());
            JidFormatException refused = assertThrows(JidFormatException.class, () -> Jid.parse("a@b/"));
            assertEquals("not an address, resource part: it is empty", refused.getMessage());
            JidFormatException domain = assertThrows(JidFormatException.class, () -> Jid.parse("a@"));
            assertEquals("not an address, domain part: it is empty", domain.getMessage());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void messages_nameTheCharacter_andDoNotRepeatTheText() {
        JidFormatException hidden = assertThrows(JidFormatException.class, () -> Jid.parse("jul\u202eiet\r\n@b"));
        assertEquals("not an address, local part: it may not hold U+202E", hidden.getMessage());
    }
}
