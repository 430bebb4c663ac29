package org.partyline.xmpp.internal.stanza;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;

class RecentAddressTest {
    private static final Jid ACCOUNT = Jid.parse("juliet@capulet.example");

    private final RecentAddress senders = new RecentAddress("from");

    private @Nullable Jid read(@Nullable String from) {
        return senders.read(
                XmlElement.builder("jabber:client", "message")
                        .attribute("from", from)
                        .build(),
                ACCOUNT);
    }

    @Test
    void theSameText_isParsedOnce() {
        assertSame(read("romeo@montague.example/orchard"), read("romeo@montague.example/orchard"));
    }

    @Test
    void anotherText_isAnotherAddress() {
        read("romeo@montague.example/orchard");
        assertEquals(Jid.parse("nurse@capulet.example"), read("nurse@capulet.example"));
        assertEquals(Jid.parse("romeo@montague.example/orchard"), read("romeo@montague.example/orchard"));
    }

    @Test
    void noAddress_isNullEachTime_andDoesNotStay() {
        assertNull(read("@"));
        assertNull(read("@"));
        assertEquals(Jid.parse("nurse@capulet.example"), read("nurse@capulet.example"));
    }

    @Test
    void nothing_isWhatItStandsFor() {
        read("romeo@montague.example/orchard");
        assertSame(ACCOUNT, read(null));
        assertNull(read(""));
    }
}
