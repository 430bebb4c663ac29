package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.error.RequestRejectedException;
import org.partyline.message.Message;
import org.partyline.session.ConnectionState;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/** Requests and their answers, and client state indication. */
interface RequestTests extends InteropTests {

    @Test
    default void ping_isAnswered_byServerAndClient() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        XmlElement ping = XmlElement.of("urn:xmpp:ping", "ping");

        XmlElement fromServer = query(juliet, Jid.of(null, interop().server.domain(), null), ping);
        XmlElement fromClient = query(juliet, romeo.self().orElseThrow(), ping);

        assertEquals("result", fromServer.attribute("type"));
        assertEquals("result", fromClient.attribute("type"));
    }

    @Test
    default void version_ofTheOtherClient_namesPartyline() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));

        XmlElement answer = query(juliet, romeo.self().orElseThrow(), XmlElement.of("jabber:iq:version", "query"));

        assertEquals(
                "Partyline",
                answer.child("jabber:iq:version", "query")
                        .child("jabber:iq:version", "name")
                        .text());
    }

    @Test
    default void disco_ofTheOtherClient_listsWhatItCanDo() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        String info = "http://jabber.org/protocol/disco#info";

        XmlElement query = query(juliet, romeo.self().orElseThrow(), XmlElement.of(info, "query"))
                .child(info, "query");

        List<String> features = query.children().stream()
                .filter(child -> child.is(info, "feature"))
                .map(child -> child.attribute("var"))
                .toList();
        assertTrue(
                features.containsAll(
                        List.of("urn:xmpp:ping", "urn:xmpp:receipts", "http://jabber.org/protocol/chatstates", info)),
                features::toString);
    }

    @Test
    default void request_thatNobodyUnderstands_isRejected() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));

        RequestRejectedException failure = Interop.awaitFailure(
                RequestRejectedException.class,
                juliet.extension(XmppAccess.class)
                        .query("get", romeo.self().orElseThrow(), XmlElement.of("urn:example:unknown", "query")));

        assertEquals("service-unavailable", failure.condition());
    }

    @Test
    default void clientState_inactiveAndActive_isAccepted() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        EventLog<Message> inbox = EventLog.of(juliet.messages().incoming());

        juliet.active(false);
        // Romeo signs in only now, so that the server has heard of it: Prosody 0.12 keeps for long what it was about to
        // write to a client in the moment in which that client becomes inactive.
        ChatClient romeo = interop().online(interop().account("romeo"));
        Interop.await(
                romeo.messages().to(Interop.bare(juliet)).body("while away").send());
        inbox.await("message", each -> each.body().equals("while away"));
        juliet.active(true);

        ping(juliet);
        assertEquals(ConnectionState.ONLINE, juliet.state());
    }

    private void ping(ChatClient client) {
        query(client, Jid.of(null, interop().server.domain(), null), XmlElement.of("urn:xmpp:ping", "ping"));
    }

    private static XmlElement query(ChatClient client, Jid to, XmlElement payload) {
        return Interop.await(client.extension(XmppAccess.class).query("get", to, payload));
    }
}
