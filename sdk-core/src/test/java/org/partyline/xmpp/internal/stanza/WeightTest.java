package org.partyline.xmpp.internal.stanza;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WeightTest {
    @Test
    void weight_countsTextsValuesAndNodes() {
        assertEquals(32, Weight.of(Xml.parse("<message/>")));
        assertEquals(32 + 32 + 4, Weight.of(Xml.parse("<message id='abcd'/>")));
        assertEquals(32 + 32 + 5, Weight.of(Xml.parse("<message><body>hello</body></message>")));
        assertEquals(32 + 1 + 32 + 2, Weight.of(Xml.parse("<message>a<b/>bc</message>")));
    }

    @Test
    void aStanzaOfManySmallElements_isNoLighterThanItsBytes() {
        String stanza = "<message>" + "<a/>".repeat(8_000) + "</message>";
        assertTrue(Weight.of(Xml.parse(stanza)) >= stanza.length());
    }
}
