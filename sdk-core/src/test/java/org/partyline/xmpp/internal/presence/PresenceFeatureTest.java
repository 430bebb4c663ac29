package org.partyline.xmpp.internal.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;
import org.partyline.error.NotConnectedException;
import org.partyline.error.UnsupportedFeatureException;
import org.partyline.presence.Availability;
import org.partyline.presence.Presence;
import org.partyline.presence.PresenceUpdate;
import org.partyline.presence.SubscriptionRequest;
import org.partyline.spi.SessionLimits;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

class PresenceFeatureTest {
    private static final Jid ROMEO = Jid.parse("romeo@montague.example");

    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);
    private PresenceFeature presence = new PresenceFeature(session, () -> null);
    private final List<PresenceUpdate> updates = new ArrayList<>();

    @BeforeEach
    void register() {
        presence.register(routes);
        presence.updates().subscribe(updates::add);
    }

    private void arrives(String stanza) {
        routes.presence(Xml.parse(stanza));
    }

    @Test
    void publish_isAnnouncedNow_andInEveryNewSession() {
        presence.publish(Presence.away("back at five").withPriority(7)).join();
        presence.onSessionEnded();
        presence.onBound();

        assertEquals(2, session.sent.size());
        assertEquals(session.sent.get(0), session.sent.get(1));
        assertEquals(
                Xml.parse("<presence><show>away</show><status>back at five</status><priority>7</priority></presence>"),
                session.lastSent());
    }

    @Test
    @DisplayName("Who is there is told only to who comes: a session that is taken over goes, and comes")
    void sessionThatIsTakenOver_goesAndComes() {
        presence.onTakenOver();
        assertEquals(List.of(Xml.parse("<presence type='unavailable'/>"), Xml.parse("<presence/>")), session.sent);
    }

    @Test
    void sessionThatIsTakenOver_byWhoIsNotToBeSeen_goes() {
        presence.publish(Presence.offline()).join();
        session.sent.clear();
        presence.onTakenOver();
        assertEquals(List.of(Xml.parse("<presence type='unavailable'/>")), session.sent);
    }

    @Test
    void textsThatAreTooLong_areCutBetweenCharacters() {
        String tooLong = "x".repeat(4095) + "\ud83d\ude00y";
        List<SubscriptionRequest> requests = new ArrayList<>();
        presence.requests().subscribe(requests::add);
        arrives("<presence from='romeo@montague.example/x'><status>" + tooLong + "</status></presence>");
        arrives("<presence from='romeo@montague.example' type='subscribe'><status>" + tooLong + "</status></presence>");
        assertEquals("x".repeat(4095), updates.get(0).presence().statusText());
        assertEquals("x".repeat(4095), requests.get(0).note());
    }

    @Test
    void publish_withoutAConnection_isKept() {
        session.online = false;
        assertTrue(presence.publish(Presence.doNotDisturb("in a duel")).isDone());
        assertTrue(session.sent.isEmpty());

        session.online = true;
        presence.onBound();
        assertEquals("dnd", session.lastSent().childText("show"));
    }

    @Test
    void publish_offline_isAnnouncedOnce_andNewSessionsStaySilent() {
        presence.publish(Presence.offline()).join();
        presence.onBound();
        assertEquals(List.of(Xml.parse("<presence type='unavailable'/>")), session.sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "bell\u0007", "\uD800", "\uFFFE"})
    void text_thatTheWireCannotCarry_isRefusedAtOnce_andForgotten(String text) {
        assertThrows(IllegalArgumentException.class, () -> presence.publish(Presence.away(text)));
        assertThrows(IllegalArgumentException.class, () -> presence.sendTo(ROMEO, Presence.away(text)));
        presence.onBound();
        assertEquals(List.of(Xml.parse("<presence/>")), session.sent);
    }

    @ParameterizedTest
    @CsvSource({
        "<show>chat</show>, CHATTY, 0",
        "<show>away</show><priority>5</priority>, AWAY, 5",
        "<show>xa</show><priority>-128</priority>, EXTENDED_AWAY, -128",
        "<show>dnd</show><priority>128</priority>, DO_NOT_DISTURB, 0",
        "<show>sulking</show><priority>high</priority>, AVAILABLE, 0",
        "'', AVAILABLE, 0",
    })
    void presenceOfOthers_isRead_andWhatIsOutOfRangeIsNot(String content, Availability availability, int priority) {
        arrives("<presence from='romeo@montague.example/orchard'>" + content + "</presence>");
        assertEquals(new Presence(availability, null, priority), presence.of(ROMEO));
        assertEquals(1, updates.size());
    }

    @Test
    void devices_areToldApart_andTheMostReachableCounts() {
        arrives("<presence from='romeo@montague.example/a'><show>away</show><priority>1</priority></presence>");
        arrives("<presence from='romeo@montague.example/b'><priority>1</priority></presence>");
        arrives("<presence from='romeo@montague.example/c'><show>dnd</show></presence>");
        assertEquals(Availability.AVAILABLE, presence.of(ROMEO).availability());
        assertEquals(3, presence.devicesOf(ROMEO).size());

        arrives("<presence from='romeo@montague.example/b' type='unavailable'/>");
        assertEquals(Availability.AWAY, presence.of(ROMEO).availability());

        arrives("<presence from='romeo@montague.example' type='error'/>");
        assertEquals(Presence.offline(), presence.of(ROMEO));
        assertEquals(Map.of(), presence.devicesOf(ROMEO));
    }

    @Test
    void presence_overTheLimits_isToldButNotKept() {
        session.limits =
                SessionLimits.builder().rosterItems(2).devicesPerContact(2).build();
        presence = new PresenceFeature(session, () -> null);
        FakeRoutes own = new FakeRoutes(session);
        presence.register(own);
        List<PresenceUpdate> told = new ArrayList<>();
        presence.updates().subscribe(told::add);
        for (String from :
                List.of("a@b.example/1", "a@b.example/2", "a@b.example/3", "c@b.example/1", "d@b.example/1")) {
            own.presence(Xml.parse("<presence from='" + from + "'/>"));
        }
        assertEquals(2, presence.devicesOf(Jid.parse("a@b.example")).size());
        assertTrue(presence.of(Jid.parse("c@b.example")).isAvailable());
        assertFalse(presence.of(Jid.parse("d@b.example")).isAvailable());
    }

    @ParameterizedTest
    @DisplayName("L34 devices of one contact: at the limit, one more, ten times as many")
    @CsvSource({"64, 64", "65, 64", "640, 64"})
    void devicesOfOneContact_areBounded(int devices, int kept) {
        for (int i = 0; i < devices; i++) {
            arrives("<presence from='romeo@montague.example/" + i + "'/>");
        }
        assertEquals(kept, presence.devicesOf(ROMEO).size());
        arrives("<presence from='romeo@montague.example/0' type='unavailable'/>");
        arrives("<presence from='romeo@montague.example/new'/>");
        assertEquals(kept, presence.devicesOf(ROMEO).size(), "who goes makes room");
    }

    @ParameterizedTest
    @DisplayName("L34 devices of all contacts: four for each contact that may be kept")
    @ValueSource(ints = {64, 65, 640})
    void devicesOfAllContacts_areBounded(int crowd) {
        session.limits = SessionLimits.builder().rosterItems(1_000).build();
        presence = new PresenceFeature(session, () -> null);
        FakeRoutes own = new FakeRoutes(session);
        presence.register(own);
        for (int contact = 0; contact < crowd; contact++) {
            for (int device = 0; device < 64; device++) {
                own.presence(Xml.parse("<presence from='c" + contact + "@b.example/" + device + "'/>"));
            }
        }
        assertEquals(4_000, kept(crowd));
        own.presence(Xml.parse("<presence from='c0@b.example' type='error'/>"));
        own.presence(Xml.parse("<presence from='new@b.example/1'/>"));
        assertTrue(presence.of(Jid.parse("new@b.example")).isAvailable(), "who goes makes room");
        assertEquals(4_000 - 64, kept(crowd));
    }

    private int kept(int crowd) {
        int kept = 0;
        for (int contact = 0; contact < crowd; contact++) {
            kept += presence.devicesOf(Jid.parse("c" + contact + "@b.example")).size();
        }
        return kept;
    }

    @ParameterizedTest
    @DisplayName("What others write with their presence: at the limit, one more, ten times as much")
    @CsvSource({"4096, 4096", "4097, 4096", "40960, 4096"})
    void foreignTexts_areCut(int length, int kept) {
        List<SubscriptionRequest> requests = new ArrayList<>();
        presence.requests().subscribe(requests::add);
        String status = "<status>" + "s".repeat(length) + "</status></presence>";
        arrives("<presence from='romeo@montague.example/x'>" + status);
        arrives("<presence from='romeo@montague.example/x' type='subscribe'>" + status);
        assertEquals(kept, String.valueOf(presence.of(ROMEO).statusText()).length());
        assertEquals(kept, requests.get(0).text().orElseThrow().length());
    }

    @Test
    void presence_goesWithTheSession() {
        arrives("<presence from='romeo@montague.example/orchard'/>");
        presence.onSessionEnded();
        assertEquals(Presence.offline(), presence.of(ROMEO));
    }

    @Test
    void request_isToldWithItsNote_whichHasABound() {
        List<SubscriptionRequest> requests = new ArrayList<>();
        presence.requests().subscribe(requests::add);
        arrives("<presence from='romeo@montague.example/x' type='subscribe'><status>" + "o".repeat(5_000)
                + "</status></presence>");
        assertEquals(ROMEO, requests.get(0).from());
        assertEquals(4_096, requests.get(0).text().orElseThrow().length());
    }

    @Test
    void approve_answersARequest_orNeedsAServerThatKeepsIt() {
        CompletableFuture<Void> inAdvance = presence.approve(ROMEO);
        assertTrue(
                assertThrows(CompletionException.class, inAdvance::join).getCause()
                        instanceof UnsupportedFeatureException);
        assertTrue(session.sent.isEmpty());

        arrives("<presence from='romeo@montague.example' type='subscribe'/>");
        presence.approve(ROMEO).join();
        assertEquals(Xml.parse("<presence to='romeo@montague.example' type='subscribed'/>"), session.lastSent());

        session.streamFeatures.add("urn:xmpp:features:pre-approval");
        presence.approve(Jid.parse("nurse@capulet.example")).join();
        assertEquals("nurse@capulet.example", session.lastSent().attribute("to"));
    }

    @Test
    void subscriptions_goToTheBareAddress_andFailWithoutAConnection() {
        Jid device = Jid.parse("romeo@montague.example/orchard");
        presence.subscribe(device).join();
        presence.unsubscribe(device).join();
        presence.deny(device).join();
        assertEquals(
                List.of("subscribe", "unsubscribe", "unsubscribed"),
                session.sent.stream().map(sent -> sent.attribute("type")).toList());
        assertTrue(session.sent.stream().allMatch(sent -> "romeo@montague.example".equals(sent.attribute("to"))));

        session.online = false;
        assertTrue(
                assertThrows(CompletionException.class, presence.subscribe(device)::join)
                                .getCause()
                        instanceof NotConnectedException);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " from=''", " from='@b.example'", " from='a@b.example/&#9;'"})
    void presence_withoutAUsableAddress_isDropped(String from) {
        arrives("<presence" + from + "/>");
        assertTrue(updates.isEmpty());
    }
}
