package org.partyline.xmpp.internal.stanza;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;

/**
 * The gate against a second table, which was written for this test alone, by hand, without the first: a decision for each
 * combination of stanza, payload and sender, over a million random ones.
 */
class OriginGatePropertyTest {
    private static final long SEED = 0x0419_2026L;
    private static final int CASES = 1_000_000;

    /** What happens to a stanza. */
    private enum Outcome {
        PASSED,
        DROPPED,
        REFUSED,
        STRIPPED
    }

    /** Who sends, as the name of a row in {@link #SENDERS}. */
    private static final Map<String, @Nullable String> SENDERS = new LinkedHashMap<>();

    static {
        SENDERS.put("absent", null);
        SENDERS.put("own bare", "juliet@capulet.example");
        SENDERS.put("own bare in capitals", "JULIET@Capulet.EXAMPLE");
        SENDERS.put("own full", "juliet@capulet.example/balcony");
        SENDERS.put("other own device", "juliet@capulet.example/chamber");
        SENDERS.put("own domain", "capulet.example");
        SENDERS.put("contact bare", "romeo@montague.example");
        SENDERS.put("contact full", "romeo@montague.example/orchard");
        SENDERS.put("contact's server", "montague.example");
        SENDERS.put("homograph", "jul\u0456et@capulet.example");
        SENDERS.put("longer domain", "juliet@capulet.example.evil.example");
        SENDERS.put("no address", "@capulet.example");
        SENDERS.put("empty", "");
        SENDERS.put("room", "verona@rooms.capulet.example");
        SENDERS.put("occupant", "verona@rooms.capulet.example/romeo");
        SENDERS.put("other room", "mantua@rooms.capulet.example/romeo");
    }

    private static final List<String> ACCOUNT = List.of("absent", "own bare", "own bare in capitals");
    private static final List<String> OWN_DEVICES = List.of("own full", "other own device");
    private static final List<String> NO_ADDRESS = List.of("no address", "empty");
    private static final List<String> CONTACT = List.of("contact bare", "contact full");
    private static final List<String> ENTERED = List.of("room", "occupant");

    private static final List<String> MESSAGE_TYPES = List.of("", "normal", "chat", "headline", "groupchat", "error");
    private static final List<String> PRESENCE_TYPES =
            List.of("", "unavailable", "error", "probe", "subscribe", "subscribed", "unsubscribe", "unsubscribed");
    private static final List<String> IQ_TYPES = List.of("get", "set", "result", "error", "");

    /** Payloads as they stand on the wire; the id is that of a message which went to the contact, or of nobody's. */
    private static final List<String> PAYLOADS = List.of(
            "",
            "<body xmlns='jabber:client'>Hark</body>",
            "<query xmlns='jabber:iq:roster'><item jid='a@b.example'/></query>",
            "<item xmlns='jabber:iq:roster'/>",
            "<block xmlns='urn:xmpp:blocking'/>",
            "<unblock xmlns='urn:xmpp:blocking'/>",
            "<received xmlns='urn:xmpp:carbons:2'/>",
            "<sent xmlns='urn:xmpp:carbons:2'/>",
            "<private xmlns='urn:xmpp:carbons:2'/>",
            "<result xmlns='urn:xmpp:mam:2' queryid='q1' id='1'/>",
            "<result xmlns='urn:xmpp:mam:2' queryid='q2' id='1'/>",
            "<result xmlns='urn:xmpp:mam:2' id='1'/>",
            "<received xmlns='urn:xmpp:receipts' id='sent'/>",
            "<received xmlns='urn:xmpp:receipts' id='foreign'/>",
            "<received xmlns='urn:xmpp:receipts'/>",
            "<request xmlns='urn:xmpp:receipts'/>",
            "<displayed xmlns='urn:xmpp:chat-markers:0' id='sent'/>",
            "<displayed xmlns='urn:xmpp:chat-markers:0' id='foreign'/>",
            "<markable xmlns='urn:xmpp:chat-markers:0'/>",
            "<replace xmlns='urn:xmpp:message-correct:0' id='sent'/>",
            "<replace xmlns='urn:xmpp:message-correct:0' id='foreign'/>",
            "<retract xmlns='urn:xmpp:message-retract:1' id='sent'/>",
            "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='juliet@capulet.example'/>",
            "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='JULIET@capulet.example'/>",
            "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='verona@rooms.capulet.example'/>",
            "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='romeo@montague.example'/>",
            "<stanza-id xmlns='urn:xmpp:sid:0' id='1'/>",
            "<origin-id xmlns='urn:xmpp:sid:0' id='1'/>",
            "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:bookmarks:1'/></event>",
            "<event xmlns='http://jabber.org/protocol/pubsub#event'><purge node='urn:xmpp:mds:displayed:0'/></event>",
            "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:avatar:data'/></event>",
            "<r xmlns='urn:xmpp:sm:3'/>",
            "<inactive xmlns='urn:xmpp:csi:0'/>",
            "<error xmlns='http://etherx.jabber.org/streams'/>",
            "<ping xmlns='urn:xmpp:ping'/>");

    private static final Map<String, String> IDS =
            Map.of("sent", "romeo@montague.example", "elsewhere", "tybalt@capulet.example");

    private final FakeSession session = new FakeSession();
    private final OriginGate gate = new OriginGate(session, answer -> "asked".equals(answer.attribute("id")));

    OriginGatePropertyTest() {
        gate.addressees(id -> {
            String addressee = IDS.get(id);
            return addressee == null ? null : Jid.parse(addressee);
        });
        gate.announcers(by -> by.equals(session.account()) || by.toString().equals("verona@rooms.capulet.example"));
        gate.asked()
                .request(
                        null, Xml.parse("<query xmlns='urn:xmpp:mam:2' queryid='q1'/>"), new CompletableFuture<Void>());
        gate.asked()
                .request(
                        Jid.parse("verona@rooms.capulet.example"),
                        Xml.parse("<query xmlns='urn:xmpp:mam:2' queryid='q2'/>"),
                        new CompletableFuture<Void>());
        gate.asked()
                .sent(Xml.parse("<presence to='verona@rooms.capulet.example/juliet'>"
                        + "<x xmlns='http://jabber.org/protocol/muc'/></presence>"));
    }

    @Test
    @DisplayName("T-ORG-1..5, 7, 8, S6: a million random stanzas, each decided as the second table says")
    void gate_agreesWithTheOtherTable() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> senders = List.copyOf(SENDERS.keySet());
        List<XmlElement> payloads = PAYLOADS.stream()
                .map(xml -> xml.isEmpty() ? Xml.parse("<nothing xmlns='urn:example'/>") : Xml.parse(xml))
                .toList();
        Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
        for (int i = 0; i < CASES; i++) {
            String name = List.of("message", "presence", "iq").get(random.nextInt(3));
            List<String> types = switch (name) {
                case "message" -> MESSAGE_TYPES;
                case "presence" -> PRESENCE_TYPES;
                default -> IQ_TYPES;
            };
            String type = types.get(random.nextInt(types.size()));
            String id = List.of("", "sent", "elsewhere", "asked", "other").get(random.nextInt(5));
            int payload = random.nextInt(payloads.size());
            String sender = senders.get(random.nextInt(senders.size()));
            boolean copy = name.equals("message") && random.nextInt(4) == 0;

            XmlElement stanza = XmlElement.builder(Stanzas.CLIENT, name)
                    .attribute("type", type.isEmpty() ? null : type)
                    .attribute("id", id.isEmpty() ? null : id)
                    .attribute("from", SENDERS.get(sender))
                    .child(payloads.get(payload))
                    .build();
            Outcome expected = expected(name, type, id, payload, sender, copy);
            Outcome decided = decided(stanza, copy);
            seen.merge(decided, 1, Integer::sum);
            if (expected != decided) {
                assertEquals(
                        expected,
                        decided,
                        "seed " + SEED + ", case " + i + (copy ? ", in a carbon: " : ": ") + stanza.toXml());
            }
        }
        System.out.println("origin gate: seed " + SEED + ", " + CASES + " cases, " + seen);
        for (Outcome each : Outcome.values()) {
            assertTrue(seen.getOrDefault(each, 0) > CASES / 1_000, () -> "hardly ever " + each + ": " + seen);
        }
    }

    @Test
    @DisplayName(
            "T-ORG-8: where one entity gives a message two ids, neither counts, and a stranger's takes nothing from the account's")
    void doubledStanzaIds_areAllLeftOut() {
        String one = "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='juliet@capulet.example'/>";
        String two = "<stanza-id xmlns='urn:xmpp:sid:0' id='2' by='JULIET@capulet.example'/>";
        String foreign = "<stanza-id xmlns='urn:xmpp:sid:0' id='2' by='romeo@montague.example'/>";
        String body = "<body xmlns='jabber:client'>kept</body>";
        String start = "<message xmlns='jabber:client' type='chat' from='romeo@montague.example/x'>";

        XmlElement doubled = Xml.parse(start + one + body + two + "</message>");
        XmlElement beside = Xml.parse(start + one + body + foreign + "</message>");

        assertEquals(Xml.parse(start + body + "</message>"), admitted(doubled));
        assertEquals(Xml.parse(start + one + body + "</message>"), admitted(beside));
    }

    private @Nullable XmlElement admitted(XmlElement message) {
        return gate.admitted(message, OriginRule.Kind.MESSAGE, gate.broken(message, OriginRule.Kind.MESSAGE));
    }

    private Outcome decided(XmlElement stanza, boolean copy) {
        XmlElement outer = copy ? carbon(stanza) : stanza;
        OriginRule.Kind kind = OriginGate.kind(outer);
        if (kind == null) {
            throw new AssertionError(outer.toXml());
        }
        OriginRule broken = gate.broken(outer, kind);
        XmlElement admitted = gate.admitted(outer, kind, broken);
        if (broken == null) {
            assertSame(outer, admitted);
            return Outcome.PASSED;
        }
        if (admitted != null) {
            // What is left out is the payload, and nothing else.
            XmlElement bare = XmlElement.builder(stanza.namespace(), stanza.name())
                    .attribute("type", stanza.attribute("type"))
                    .attribute("id", stanza.attribute("id"))
                    .attribute("from", stanza.attribute("from"))
                    .build();
            assertEquals(copy ? carbon(bare) : bare, admitted);
            return Outcome.STRIPPED;
        }
        return broken.otherwise() == OriginRule.Otherwise.REFUSE ? Outcome.REFUSED : Outcome.DROPPED;
    }

    private static XmlElement carbon(XmlElement message) {
        return XmlElement.builder(Stanzas.CLIENT, "message")
                .attribute("from", "juliet@capulet.example")
                .child(XmlElement.builder("urn:xmpp:carbons:2", "received")
                        .child(XmlElement.builder("urn:xmpp:forward:0", "forwarded")
                                .child(message)
                                .build())
                        .build())
                .build();
    }

    /** The second table. */
    private static Outcome expected(String name, String type, String id, int payload, String sender, boolean copy) {
        String xml = PAYLOADS.get(payload);
        boolean account = ACCOUNT.contains(sender);
        boolean ownAccountOrDevice = account || OWN_DEVICES.contains(sender);
        if (name.equals("iq")) {
            if (type.equals("result") || type.equals("error")) {
                return id.equals("asked") ? Outcome.PASSED : Outcome.DROPPED;
            }
            boolean push = xml.startsWith("<query xmlns='jabber:iq:roster'") || xml.contains("urn:xmpp:blocking");
            return push && !account ? Outcome.REFUSED : Outcome.PASSED;
        }
        boolean streamElement =
                xml.contains("urn:xmpp:sm:3") || xml.contains("urn:xmpp:csi:0") || xml.contains("etherx");
        if (name.equals("presence")) {
            boolean subscription = type.endsWith("subscribe") || type.endsWith("subscribed");
            if (subscription && (ownAccountOrDevice || NO_ADDRESS.contains(sender))) {
                return Outcome.DROPPED;
            }
            return streamElement ? Outcome.STRIPPED : Outcome.PASSED;
        }
        boolean entered = ENTERED.contains(sender);
        if (type.equals("groupchat") && !entered) {
            return Outcome.DROPPED;
        }
        if (type.equals("error") && ((id.equals("sent") && !CONTACT.contains(sender)) || id.equals("elsewhere"))) {
            return Outcome.DROPPED;
        }
        if (xml.startsWith("<received xmlns='urn:xmpp:carbons:2'") || xml.startsWith("<sent")) {
            return copy || !account ? Outcome.DROPPED : Outcome.PASSED;
        }
        if (xml.contains("urn:xmpp:mam:2")) {
            boolean own = account || sender.equals("own full") || sender.equals("own domain");
            boolean asked = xml.contains("q1") ? own : xml.contains("q2") && sender.equals("room");
            return copy || !asked ? Outcome.DROPPED : Outcome.PASSED;
        }
        if (xml.contains("receipts' id='sent'") || xml.contains("markers:0' id='sent'")) {
            return CONTACT.contains(sender) ? Outcome.PASSED : Outcome.STRIPPED;
        }
        if (xml.contains("id='sent'")) {
            return ownAccountOrDevice ? Outcome.PASSED : Outcome.STRIPPED;
        }
        if (xml.startsWith("<stanza-id")) {
            boolean byAccount = xml.toLowerCase(java.util.Locale.ROOT).contains("by='juliet@");
            return byAccount || (xml.contains("by='verona") && entered) ? Outcome.PASSED : Outcome.STRIPPED;
        }
        if (xml.contains("bookmarks") || xml.contains("mds")) {
            return account ? Outcome.PASSED : Outcome.STRIPPED;
        }
        return streamElement ? Outcome.STRIPPED : Outcome.PASSED;
    }
}
