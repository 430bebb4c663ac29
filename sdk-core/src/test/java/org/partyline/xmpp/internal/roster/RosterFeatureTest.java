package org.partyline.xmpp.internal.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;
import org.partyline.roster.Contact;
import org.partyline.roster.RosterChange;
import org.partyline.roster.Subscription;
import org.partyline.spi.SessionLimits;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

class RosterFeatureTest {
    private static final Jid ROMEO = Jid.parse("romeo@montague.example");

    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);
    private final List<Jid> asked = new ArrayList<>();
    private final List<RosterChange> changes = new ArrayList<>();
    private final RosterFeature roster = new RosterFeature(session, jid -> {
        asked.add(jid);
        return CompletableFuture.completedFuture(null);
    });

    @BeforeEach
    void register() {
        roster.register(routes);
        roster.changes().subscribe(changes::add);
    }

    private void load(String items) {
        CompletableFuture<Void> ready = roster.onBound();
        session.lastQuery().result(Xml.parse("<query xmlns='jabber:iq:roster' ver='v1'>" + items + "</query>"));
        assertTrue(ready.isDone());
    }

    private XmlElement push(String from, String items) {
        return routes.request(Xml.parse("<iq type='set' id='p1'" + from + "><query xmlns='jabber:iq:roster' ver='v2'>"
                + items + "</query></iq>"));
    }

    @Test
    void load_fillsTheList() {
        load("<item jid='romeo@montague.example' name='Romeo' subscription='both'><group>Friends</group>"
                + "<group>Poets</group></item><item jid='nurse@capulet.example' ask='subscribe' approved='true'/>");
        assertEquals(
                new Contact(ROMEO, "Romeo", Set.of("Friends", "Poets"), Subscription.BOTH, false, false),
                roster.contact(ROMEO.withResource("orchard")).orElseThrow());
        Contact nurse = roster.contact(Jid.parse("nurse@capulet.example")).orElseThrow();
        assertEquals(Subscription.NONE, nurse.subscription());
        assertTrue(nurse.requested());
        assertTrue(nurse.approved());
        assertEquals(2, changes.size());
    }

    @Test
    void namesAndGroupsThatAreTooLong_areCutBetweenCharacters() {
        String tooLong = "x".repeat(1022) + "\ud83d\ude00y";
        load("<item jid='romeo@montague.example' name='" + tooLong + "'><group>" + tooLong + "</group></item>");
        Contact contact = roster.contact(ROMEO).orElseThrow();
        assertEquals("x".repeat(1022), contact.displayName());
        assertEquals(Set.of("x".repeat(1022)), contact.groups());
    }

    @Test
    void load_again_reportsDifferencesAlone() {
        load("<item jid='romeo@montague.example'/><item jid='nurse@capulet.example'/>");
        changes.clear();
        load("<item jid='romeo@montague.example' name='R'/>");
        assertEquals(
                List.of(RosterChange.Kind.UPDATED, RosterChange.Kind.REMOVED),
                changes.stream().map(RosterChange::kind).toList());
        assertEquals(1, roster.contacts().size());
    }

    @Test
    void versioning_namesTheVersionAndKeepsTheListOnAnEmptyAnswer() {
        session.streamFeatures.add("urn:xmpp:features:rosterver");
        roster.onBound();
        assertEquals("", session.lastQuery().payload().attribute("ver"));
        load("<item jid='romeo@montague.example'/>");
        roster.onBound();
        assertEquals("v1", session.lastQuery().payload().attribute("ver"));
        session.lastQuery().result(null);
        assertEquals(1, roster.contacts().size());
    }

    @Test
    void withoutVersioning_noVersionIsNamed() {
        roster.onBound();
        assertNull(session.lastQuery().payload().attribute("ver"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " from='juliet@capulet.example'", " from='JULIET@Capulet.example'"})
    @DisplayName("T-ORG-2 a push from the account itself is taken")
    void push_fromOwnAccount_isTaken(String from) {
        XmlElement answer = push(from, "<item jid='romeo@montague.example' subscription='to'/>");
        assertEquals("result", answer.attribute("type"));
        assertEquals("p1", answer.attribute("id"));
        assertEquals(Subscription.TO, roster.contact(ROMEO).orElseThrow().subscription());
        push(from, "<item jid='romeo@montague.example' subscription='remove'/>");
        assertTrue(roster.contacts().isEmpty());
        assertEquals(RosterChange.Kind.REMOVED, changes.get(1).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "romeo@montague.example",
                "romeo@montague.example/orchard",
                "juliet@capulet.example/balcony",
                "juliet@capulet.example/chamber",
                "capulet.example",
                "montague.example",
                "julíet@capulet.example",
                "@"
            })
    @DisplayName("T-ORG-2 a push from anybody else changes nothing")
    void push_fromAnybodyElse_isRefused(String from) {
        load("<item jid='nurse@capulet.example'/>");
        changes.clear();
        XmlElement answer = push(" from='" + from + "'", "<item jid='romeo@montague.example' subscription='both'/>");
        assertError(answer, "service-unavailable");
        assertEquals(1, roster.contacts().size());
        assertTrue(changes.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<item jid='a@b.example'/><item jid='c@b.example'/>",
                "<item/>",
                "<item jid='@'/>",
                "<item jid='a@b.example' subscription='all'/>"
            })
    @DisplayName("T-ORG-2 a push without exactly one good item is a bad request")
    void push_malformed_isABadRequest(String items) {
        assertError(push("", items), "bad-request");
        assertTrue(roster.contacts().isEmpty());
    }

    @Test
    void list_overTheLimit_leavesTheRestOut() {
        session.limits = SessionLimits.builder().rosterItems(2).build();
        RosterFeature small = new RosterFeature(session, jid -> CompletableFuture.completedFuture(null));
        small.onBound();
        session.lastQuery()
                .result(Xml.parse("<query xmlns='jabber:iq:roster'><item jid='a@b.example'/>"
                        + "<item jid='c@b.example'/><item jid='d@b.example'/></query>"));
        assertEquals(2, small.contacts().size());
    }

    @ParameterizedTest
    @DisplayName("L34 contacts: at the limit, one more, ten times as many, by pushes as in the list")
    @CsvSource({"20000, 20000", "20001, 20000", "200000, 20000"})
    void contacts_areBounded(int pushed, int kept) {
        roster.onBound();
        for (int i = 0; i < pushed; i++) {
            XmlElement answer = push("", "<item jid='c" + i + "@b.example'/>");
            assertEquals("result", answer.attribute("type"));
        }
        assertEquals(kept, roster.contacts().size());
        push("", "<item jid='c0@b.example' subscription='remove'/>");
        push("", "<item jid='new@b.example'/>");
        assertTrue(roster.contact(Jid.parse("new@b.example")).isPresent(), "who goes makes room");
    }

    @ParameterizedTest
    @DisplayName("Groups of a contact, and the length of its name: at the limit, one more, ten times as many")
    @CsvSource({"64, 64, 1023, 1023", "65, 64, 1024, 1023", "640, 64, 10230, 1023"})
    void contact_isBounded(int groups, int read, int length, int kept) {
        StringBuilder item = new StringBuilder("<item jid='romeo@montague.example' name='")
                .append("n".repeat(Math.min(length, 8_000)))
                .append("'>");
        for (int i = 0; i < groups; i++) {
            item.append("<group>")
                    .append(i)
                    .append("g".repeat(i == 0 ? length - 1 : 1))
                    .append("</group>");
        }
        push("", item.append("</item>").toString());
        Contact contact = roster.contact(ROMEO).orElseThrow();
        assertEquals(read, contact.groups().size());
        assertEquals(kept, contact.name().orElseThrow().length());
        assertEquals(
                kept, contact.groups().stream().mapToInt(String::length).max().orElse(0));
    }

    @Test
    void save_writesNameAndGroups() {
        CompletableFuture<Void> saved = roster.save(ROMEO, "Romeo", List.of("Friends", "Friends"));
        XmlElement item = session.lastQuery().payload().firstChild();
        assertEquals(
                Xml.parse("<query xmlns='jabber:iq:roster'><item jid='romeo@montague.example' name='Romeo'>"
                        + "<group>Friends</group></item></query>"),
                session.lastQuery().payload());
        assertEquals("set", session.lastQuery().type());
        assertFalse(saved.isDone(), "item " + item + " is not answered yet");
        session.lastQuery().result(null);
        assertTrue(saved.isDone());
    }

    @Test
    void add_asksForPresenceOnceStored() {
        CompletableFuture<Void> added = roster.add(ROMEO, "");
        assertTrue(asked.isEmpty());
        session.lastQuery().result(null);
        assertEquals(List.of(ROMEO), asked);
        assertTrue(added.isDone());
    }

    @Test
    void remove_saysSo() {
        roster.remove(ROMEO);
        XmlElement item = session.lastQuery().payload().child("item");
        assertEquals("remove", item == null ? null : item.attribute("subscription"));
    }

    private static void assertError(XmlElement answer, String condition) {
        assertEquals("error", answer.attribute("type"));
        XmlElement error = answer.child("error");
        XmlElement first = error == null ? null : error.firstChild();
        assertEquals(condition, first == null ? null : first.name());
    }
}
