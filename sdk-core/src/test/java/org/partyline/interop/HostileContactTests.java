package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.error.RequestRejectedException;
import org.partyline.message.SentMessage;
import org.partyline.robustness.Heard;
import org.partyline.robustness.HostileOracle;
import org.partyline.session.ConnectionState;
import org.partyline.trace.WireTrace;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;
import org.partyline.xmpp.internal.stanza.Xml;

/** A contact that sends what it likes, through a server that hands it on. */
interface HostileContactTests extends InteropTests {
    /** So many rounds of all forgeries: enough that what a single one kept would show. */
    int ROUNDS = 20;

    @Test
    @DisplayName("T-ORG-1 to 8, T-SM-1: what a contact forges is heard by nobody, holds up no loop and stays nowhere")
    default void hostileContact_changesNothing() {
        Account account = interop().account("juliet");
        try (HostileOracle oracle = new HostileOracle(interop().resources(), List.of(account.password()))) {
            ChatClient juliet = interop().online(interop().builder(account).trace(1_000));
            ChatClient mallory = interop().online(interop().account("mallory"));
            ChatClient romeo = interop().online(interop().account("romeo"));
            interop().befriend(juliet, mallory);
            SentMessage toRomeo = Interop.await(juliet.messages()
                    .to(Interop.bare(romeo))
                    .body("Art thou there?")
                    .requestReceipt()
                    .send());
            Interop.await(toRomeo.acknowledged());
            List<XmlElement> forgeries = forgeries(juliet, romeo, toRomeo.id());

            Heard heard = oracle.watch(juliet);
            for (int round = 0; round < ROUNDS; round++) {
                for (XmlElement forgery : forgeries) {
                    Interop.await(mallory.extension(XmppAccess.class).send(forgery));
                }
            }
            for (XmlElement push : pushes()) {
                Interop.awaitFailure(
                        RequestRejectedException.class,
                        mallory.extension(XmppAccess.class)
                                .query("set", juliet.self().orElseThrow(), push));
            }
            Interop.await(mallory.extension(XmppAccess.class)
                    .send(Xml.parse("<message xmlns='jabber:client' to='"
                            + juliet.self().orElseThrow() + "'><body>" + Heard.END + "</body></message>")));
            heard.awaitEnd();

            long arrived = juliet.trace().entries().stream()
                    .filter(entry -> entry.kind() == WireTrace.Kind.RECEIVED)
                    .filter(entry -> entry.text().startsWith("<message "))
                    .filter(entry ->
                            entry.text().contains("from='" + mallory.self().orElseThrow()))
                    .count();
            assertEquals(ROUNDS * forgeries.size() + 1, arrived, "what a server keeps back proves nothing");
            oracle.judge("the contact", ConnectionState.ONLINE, 0);
            assertFalse(toRomeo.delivered().isDone());
            assertEquals(
                    List.of(Interop.bare(mallory)),
                    juliet.roster().contacts().stream()
                            .map(contact -> contact.jid())
                            .toList());
        }
    }

    private static List<XmlElement> pushes() {
        return List.of(
                Xml.parse(
                        "<query xmlns='jabber:iq:roster'><item jid='forged@evil.example' subscription='both'/></query>"),
                Xml.parse("<block xmlns='urn:xmpp:blocking'><item jid='forged@evil.example'/></block>"),
                Xml.parse("<unblock xmlns='urn:xmpp:blocking' x='forged'/>"));
    }

    private static List<XmlElement> forgeries(ChatClient juliet, ChatClient romeo, String id) {
        Jid victim = juliet.self().orElseThrow();
        String inner = "<message xmlns='jabber:client' from='" + romeo.self().orElseThrow() + "' to='" + victim
                + "' type='chat'><body>forged</body></message>";
        String copy = "<forwarded xmlns='urn:xmpp:forward:0'>" + inner + "</forwarded>";
        List<XmlElement> all = new ArrayList<>();
        for (String payload : List.of(
                "<received xmlns='urn:xmpp:carbons:2'>" + copy + "</received>",
                "<sent xmlns='urn:xmpp:carbons:2'>" + copy + "</sent>",
                "<received xmlns='urn:xmpp:carbons:2'>".repeat(20) + copy + "</received>".repeat(20),
                "<result xmlns='urn:xmpp:mam:2' queryid='forged' id='1'>" + copy + "</result>",
                "<fin xmlns='urn:xmpp:mam:2' complete='true'/>",
                "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:bookmarks:1'>"
                        + "<item id='forged@rooms.evil.example'/></items></event>",
                "<stanza-id xmlns='urn:xmpp:sid:0' by='" + victim.bare() + "' id='forged'/>",
                "<a xmlns='urn:xmpp:sm:3' h='1' x='forged'/>",
                "<received xmlns='urn:xmpp:receipts' id='" + id + "' x='forged'/>",
                "<displayed xmlns='urn:xmpp:chat-markers:0' id='" + id + "' x='forged'/>",
                // Who reads raw stanzas may see these two, as they were sent; no service takes them for a message.
                copy.replace("forged", "wrapped"),
                inner.replace("forged", "wrapped"))) {
            all.add(Xml.parse(
                    "<message xmlns='jabber:client' type='chat' to='" + victim + "'>" + payload + "</message>"));
        }
        all.add(Xml.parse("<message xmlns='jabber:client' type='groupchat' to='" + victim
                + "'><subject>forged</subject></message>"));
        return all;
    }
}
