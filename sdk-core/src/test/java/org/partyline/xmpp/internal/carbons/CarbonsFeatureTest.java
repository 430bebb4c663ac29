package org.partyline.xmpp.internal.carbons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

class CarbonsFeatureTest {
    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);
    private final List<XmlElement> received = new ArrayList<>();
    private final List<XmlElement> sent = new ArrayList<>();
    private boolean offered = true;
    private final CarbonsFeature carbons =
            new CarbonsFeature(session, () -> CompletableFuture.completedFuture(offered), received::add, sent::add);

    @BeforeEach
    void register() {
        carbons.register(routes);
    }

    private static XmlElement carbon(String from, String kind, String inner) {
        return Xml.parse("<message" + from + "><" + kind + " xmlns='urn:xmpp:carbons:2'>"
                + "<forwarded xmlns='urn:xmpp:forward:0'>" + inner + "</forwarded></" + kind + "></message>");
    }

    private static final String INNER = "<message xmlns='jabber:client' from='romeo@montague.example/orchard' "
            + "to='juliet@capulet.example/chamber' type='chat'><body>Hark</body></message>";

    @Test
    void onBound_enablesWhereTheServerOffersIt() {
        carbons.onBound();
        assertEquals("enable", session.lastQuery().payload().name());
        session.queries.clear();
        offered = false;
        assertTrue(carbons.onBound().isDone());
        assertTrue(session.queries.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " from='juliet@capulet.example'", " from='JULIET@capulet.EXAMPLE'"})
    @DisplayName("T-ORG-1 a copy from the account itself is unwrapped")
    void copy_fromOwnAccount_isUnwrapped(String from) {
        assertTrue(routes.message(carbon(from, "received", INNER)));
        assertTrue(routes.message(carbon(from, "sent", INNER)));
        assertEquals(1, received.size());
        assertEquals(1, sent.size());
        assertEquals("Hark", received.get(0).childText("body"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "romeo@montague.example",
                "romeo@montague.example/orchard",
                "montague.example",
                "capulet.example",
                "juliet@capulet.example/balcony",
                "juliet@capulet.example/chamber",
                "julíet@capulet.example",
                "juliet@capulet.example.evil.example",
                "@"
            })
    @DisplayName("T-ORG-1 a copy from anybody else is dropped whole")
    void copy_fromAnybodyElse_isDropped(String from) {
        assertTrue(routes.message(carbon(" from='" + from + "'", "received", INNER)));
        assertTrue(routes.message(carbon(" from='" + from + "'", "sent", INNER)));
        assertTrue(received.isEmpty());
        assertTrue(sent.isEmpty());
    }

    @Test
    @DisplayName("T-ORG-1 a copy inside a copy is never unwrapped")
    void copy_nested_isDropped() {
        String inner =
                carbon(" from='juliet@capulet.example'", "received", INNER).toXml();
        assertTrue(routes.message(carbon("", "received", inner)));
        assertTrue(received.isEmpty());
    }

    @Test
    void copy_ofNothing_isDropped() {
        assertTrue(routes.message(carbon("", "received", "")));
        assertTrue(routes.message(carbon("", "received", "<presence xmlns='jabber:client'/>")));
        assertTrue(received.isEmpty());
    }

    @Test
    void copy_bearsItsDelay() {
        routes.message(carbon("", "received", "<delay xmlns='urn:xmpp:delay' stamp='2026-11-24T10:00:00Z'/>" + INNER));
        assertEquals(
                1,
                received.get(0).children().stream()
                        .filter(child -> child.is("urn:xmpp:delay", "delay"))
                        .count());
    }

    @Test
    void message_withoutACopy_isNotConsumed() {
        assertFalse(routes.message(Xml.parse(INNER)));
    }
}
