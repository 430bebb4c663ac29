package org.partyline.xmpp.internal.stanza;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;

class AskedTest {
    private final Asked asked = new Asked();

    private static Jid room(int i) {
        return Jid.parse("room" + i + "@rooms.capulet.example");
    }

    private void enter(int i) {
        asked.sent(Xml.parse(
                "<presence to='" + room(i) + "/juliet'><x xmlns='http://jabber.org/protocol/muc'/></presence>"));
    }

    @ParameterizedTest
    @DisplayName("L35 rooms that were entered: at the limit, one more, ten times as many")
    @CsvSource({"500, 0", "501, 1", "5000, 4500"})
    void rooms_areBounded_andTheFirstIsForgottenFirst(int entered, int forgotten) {
        IntStream.range(0, entered).forEach(this::enter);
        assertEquals(
                500,
                IntStream.range(0, entered).filter(i -> asked.room(room(i))).count());
        assertTrue(asked.room(room(forgotten)));
        assertFalse(forgotten > 0 && asked.room(room(forgotten - 1)));
    }

    @Test
    void room_enteredAgainAndLeft_makesRoom() {
        IntStream.range(0, 500).forEach(this::enter);
        IntStream.range(0, 500).forEach(this::enter);
        assertTrue(asked.room(room(0)));
        asked.sent(Xml.parse("<presence to='" + room(7) + "/juliet' type='unavailable'/>"));
        enter(500);
        assertTrue(asked.room(room(0)), "one had left");
    }

    @Test
    void archiveQueries_areForgottenWithTheirAnswers() {
        XmlElement query = Xml.parse("<query xmlns='urn:xmpp:mam:2' queryid='q'/>");
        Jid account = Jid.parse("juliet@capulet.example");
        for (int i = 0; i < 5_000; i++) {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            asked.request(null, query, answer);
            assertTrue(asked.archive("q", null, account, null));
            answer.complete(null);
            assertFalse(asked.archive("q", null, account, null));
        }
    }
}
