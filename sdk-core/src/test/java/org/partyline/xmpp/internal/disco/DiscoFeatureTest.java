package org.partyline.xmpp.internal.disco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.discovery.ServiceDiscovery;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

class DiscoFeatureTest {
    private static final Jid DEVICE = Jid.parse("romeo@montague.example/orchard");
    private static final String INFO = "<query xmlns='http://jabber.org/protocol/disco#info'>"
            + "<identity category='client' type='pc' name='Exodus 0.9.1'/>"
            + "<feature var='http://jabber.org/protocol/disco#items'/>"
            + "<feature var='http://jabber.org/protocol/caps'/>"
            + "<feature var='http://jabber.org/protocol/muc'/>"
            + "<feature var='http://jabber.org/protocol/disco#info'/></query>";

    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);
    private final DiscoFeature disco = new DiscoFeature(session, () -> routes.discoFeatures);

    @BeforeEach
    void register() {
        disco.register(routes);
    }

    private void announce(String hash) {
        routes.presence(Xml.parse("<presence from='" + DEVICE + "'><c xmlns='http://jabber.org/protocol/caps' "
                + "hash='sha-1' node='http://code.example/exodus' ver='" + hash + "'/></presence>"));
    }

    @Test
    void ownAnswer_hashesToOwnAnnouncement() {
        String node = disco.capabilities().attribute("node") + "#"
                + disco.capabilities().attribute("ver");
        XmlElement answer = routes.request(Xml.parse("<iq type='get' id='1' from='romeo@montague.example/orchard'>"
                + "<query xmlns='http://jabber.org/protocol/disco#info' node='" + node + "'/></iq>"));
        XmlElement query = Objects.requireNonNull(answer.child(DiscoStanzas.INFO, "query"));
        assertEquals(disco.capabilities().attribute("ver"), CapsHash.of(query));
        assertEquals(node, query.attribute("node"));
    }

    @Test
    void unknownNode_isNotFound() {
        XmlElement answer = routes.request(Xml.parse(
                "<iq type='get' id='1'>" + "<query xmlns='http://jabber.org/protocol/disco#info' node='x'/></iq>"));
        assertEquals("error", answer.attribute("type"));
    }

    @Test
    @DisplayName("T-ORG-14 an answer that hashes to its announcement is kept")
    void verifiedAnswer_isKept() {
        announce("QgayPKawpkPSDYmwT/WM94uAlu0=");
        disco.info(DEVICE);
        assertEquals(
                "http://code.example/exodus#QgayPKawpkPSDYmwT/WM94uAlu0=",
                session.lastQuery().payload().attribute("node"));
        session.lastQuery().result(Xml.parse(INFO));
        assertTrue(disco.info(DEVICE).join().has("http://jabber.org/protocol/muc"));
        assertEquals(1, session.queries.size());
        assertTrue(disco.knownWithout(DEVICE, "urn:x"));
        assertFalse(disco.knownWithout(DEVICE, "http://jabber.org/protocol/muc"));
    }

    @Test
    @DisplayName("T-ORG-14 an answer that does not is given, and not kept")
    void poisonedAnswer_isNotKept() {
        announce("AAAAPKawpkPSDYmwT/WM94uAlu0=");
        disco.info(DEVICE);
        session.lastQuery().result(Xml.parse(INFO));
        assertFalse(disco.knownWithout(DEVICE, "urn:x"));
        disco.info(DEVICE);
        assertEquals(2, session.queries.size());
    }

    @ParameterizedTest
    @DisplayName("L36 features, identities and items: at the limit, one more, ten times as many")
    @CsvSource({"512, 512, 32, 32, 1000, 1000", "513, 512, 33, 32, 1001, 1000", "5120, 512, 320, 32, 10000, 1000"})
    void answers_areBounded(int features, int read, int identities, int known, int items, int listed) {
        StringBuilder info = new StringBuilder("<query xmlns='http://jabber.org/protocol/disco#info'>");
        IntStream.range(0, features).forEach(i -> info.append("<feature var='f" + i + "'/>"));
        IntStream.range(0, identities)
                .forEach(i -> info.append("<identity category='client' type='pc' name='n" + i + "'/>"));
        var asked = disco.info(DEVICE);
        session.lastQuery().result(Xml.parse(info.append("</query>").toString()));
        assertEquals(read, asked.join().features().size());
        assertEquals(known, asked.join().identities().size());

        var rooms = disco.items(DEVICE);
        // Put together here: a stream would not carry so many elements in one stanza.
        XmlElement.Builder query = XmlElement.builder(DiscoStanzas.ITEMS, "query");
        IntStream.range(0, items)
                .forEach(i -> query.child(XmlElement.builder(DiscoStanzas.ITEMS, "item")
                        .attribute("jid", "r" + i + ".example")
                        .build()));
        session.lastQuery().result(query.build());
        assertEquals(listed, rooms.join().size());
    }

    @ParameterizedTest
    @DisplayName("L36 what a device says of itself is kept up to 16 Ki characters, and given however long it is")
    @CsvSource({"16384, true", "16385, false", "163840, false"})
    void longAnswers_areGivenAndNotKept(int chars, boolean kept) {
        StringBuilder features = new StringBuilder();
        int left = chars - "clientpc".length();
        for (int i = 0; left > 0; i++) {
            String name = i
                    + "x"
                            .repeat(Math.max(
                                    0, Math.min(left, 4_000) - String.valueOf(i).length()));
            features.append("<feature var='").append(name).append("'/>");
            left -= name.length();
        }
        XmlElement answer = Xml.parse("<query xmlns='http://jabber.org/protocol/disco#info'>"
                + "<identity category='client' type='pc'/>" + features + "</query>");
        announce(Objects.requireNonNull(CapsHash.of(answer)));
        var asked = disco.info(DEVICE);
        session.lastQuery().result(answer);
        assertEquals(0, left);
        assertEquals(
                chars,
                8 + asked.join().features().stream().mapToInt(String::length).sum());
        assertEquals(kept, disco.knownWithout(DEVICE, "urn:x"));
    }

    @ParameterizedTest
    @DisplayName("An announced node or hash has a bound: at the limit, one more, ten times as much")
    @CsvSource({"256, true", "257, false", "2560, false"})
    void longAnnouncement_isNotHeeded(int length, boolean heeded) {
        for (String[] each : new String[][] {{"n".repeat(length), "v"}, {"n", "v".repeat(length)}}) {
            CapsCache cache = new CapsCache();
            cache.onPresence(Xml.parse("<presence from='" + DEVICE + "'><c xmlns='http://jabber.org/protocol/caps' "
                    + "hash='sha-1' node='" + each[0] + "' ver='" + each[1] + "'/></presence>"));
            assertEquals(heeded, cache.node(DEVICE) != null);
        }
    }

    @ParameterizedTest
    @DisplayName("L36 announcements: at the limit, one more, ten times as many")
    @CsvSource({"2000, 0", "2001, 1", "20000, 18000"})
    void announcements_areBounded_andTheLeastRecentIsForgotten(int devices, int forgotten) {
        CapsCache cache = new CapsCache();
        for (int i = 0; i < devices; i++) {
            cache.onPresence(Xml.parse("<presence from='p" + i + "@b.example/x'><c "
                    + "xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='v" + i + "'/></presence>"));
        }
        assertEquals(
                2_000,
                IntStream.range(0, devices)
                        .filter(i -> cache.node(Jid.parse("p" + i + "@b.example/x")) != null)
                        .count());
        assertTrue(cache.node(Jid.parse("p" + forgotten + "@b.example/x")) != null);
    }

    @Test
    void server_isAskedOnceASession() {
        var first = disco.serverHas("urn:xmpp:carbons:2");
        var second = disco.serverHas("urn:xmpp:blocking");
        assertEquals(1, session.queries.size());
        session.lastQuery()
                .result(Xml.parse("<query xmlns='http://jabber.org/protocol/disco#info'>"
                        + "<feature var='urn:xmpp:blocking'/></query>"));
        assertFalse(first.join());
        assertTrue(second.join());
        disco.onSessionEnded();
        disco.serverHas("urn:xmpp:blocking");
        assertEquals(2, session.queries.size());
    }

    @Test
    void account_isAskedOnceASession_whoeverWantsToKnow() {
        var has = disco.accountHas("urn:xmpp:mam:2");
        var all = disco.featuresOf(session.account());
        assertEquals(1, session.queries.size());
        session.lastQuery()
                .result(Xml.parse("<query xmlns='http://jabber.org/protocol/disco#info'>"
                        + "<feature var='urn:xmpp:mam:2'/></query>"));
        assertTrue(has.join());
        assertEquals(Set.of("urn:xmpp:mam:2"), all.join());
        disco.onSessionEnded();
        disco.featuresOf(session.account());
        disco.featuresOf(Jid.parse("rooms.capulet.example"));
        disco.featuresOf(Jid.parse("rooms.capulet.example"));
        assertEquals(4, session.queries.size());
    }

    @Test
    void items_areRead() {
        var items = disco.items(Jid.parse("capulet.example"));
        session.lastQuery()
                .result(Xml.parse("<query xmlns='http://jabber.org/protocol/disco#items'>"
                        + "<item jid='rooms.capulet.example' name='Rooms'/><item jid='@'/></query>"));
        assertEquals(
                new ServiceDiscovery.Item(Jid.parse("rooms.capulet.example"), null, "Rooms"),
                items.join().get(0));
        assertEquals(1, items.join().size());
    }
}
