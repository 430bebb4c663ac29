package org.partyline.testkit.internal.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

class ArchiveBoundsTest {
    private final Archive archive = new Archive();
    private final Address juliet = Address.bare("juliet", "chat.test");
    private final Address romeo = Address.bare("romeo", "chat.test");

    private Archive.Entry add(String origin, String body) {
        return archive.add(juliet, romeo, message(origin, body), true);
    }

    private static XmlElement message(String origin, String body) {
        return XmlElement.builder(Ns.CLIENT, "message")
                .textChild("body", body)
                .child(XmlElement.builder(Ns.STANZA_IDS, "origin-id")
                        .attribute("id", origin)
                        .build())
                .build();
    }

    @Test
    void messages_areBounded_andTheOldestIsForgottenFirst() {
        Archive.Entry oldest = add("o-0", "x");
        Archive.Entry second = add("o-1", "x");
        for (int i = 2; i <= Archive.MAX; i++) {
            add("o-" + i, "x");
        }

        assertEquals(Archive.MAX, archive.entries().size());
        assertNull(archive.find(oldest.id()));
        assertEquals(second, archive.first());
        assertFalse(archive.isRepeated(message("o-0", "x")));
        assertTrue(archive.isRepeated(message("o-1", "x")));
    }

    @Test
    void characters_areBounded_butTheLatestMessageStays() {
        Archive.Entry oldest = add("a", "x");
        Archive.Entry huge = add("b", "y".repeat(Archive.MAX_CHARS));
        assertNull(archive.find(oldest.id()));
        assertNotNull(archive.find(huge.id()));

        Archive.Entry next = add("c", "z");
        assertEquals(1, archive.entries().size());
        assertEquals(next, archive.last());
    }
}
