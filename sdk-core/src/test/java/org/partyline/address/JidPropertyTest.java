package org.partyline.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JidPropertyTest {

    @Property(tries = 3_000)
    void parse_givesAnAddressOrTheOneException(@ForAll("texts") String text) {
        parsesOrFails(text);
    }

    @Property(tries = 2_000)
    void parse_ofAnyText_givesAnAddressOrTheOneException(@ForAll String text) {
        parsesOrFails(text);
    }

    @Property(tries = 3_000)
    void partsComeBackFromTheText(@ForAll("texts") String resource, @ForAll("labels") String label) {
        try {
            Jid jid = Jid.of(label, label + "." + label, resource);
            sameAgain(jid);
        } catch (JidFormatException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("not an address, "));
        }
    }

    private static void parsesOrFails(String text) {
        Jid jid;
        try {
            jid = Jid.parse(text);
        } catch (JidFormatException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("not an address, "));
            return;
        }
        sameAgain(jid);
    }

    private static void sameAgain(Jid jid) {
        Jid again = Jid.parse(jid.toString());
        assertEquals(jid, again);
        assertEquals(jid.hashCode(), again.hashCode());
        assertEquals(jid.toString(), again.toString());
        assertEquals(
                jid.toString(),
                Jid.of(jid.local(), jid.domain(), jid.resource()).toString());
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.strings()
                .withChars("abZ09-\u00e9\u00dc\u05d0\u0627\u03c2\u0130\uff21\u0301\u1100\u1161")
                .ofMinLength(1)
                .ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> mean = Arbitraries.strings()
                .withChars(
                        "aZ0-._@/[]: \"\u00e9\u00df\u05d0\u0130\u017f\u212a\u13a0\uab70\uff20\uff0e\u3002\u200b\u202e\u0301\ufb01\u1e9e\u01c5\u1f88\ud800\udc00xn")
                .ofMaxLength(12);
        Arbitrary<String> wide = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .list()
                .ofMaxSize(4)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
        return Combinators.combine(mean, wide).as(String::concat);
    }
}
