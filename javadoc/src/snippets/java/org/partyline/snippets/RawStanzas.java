package org.partyline.snippets;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.stream.EventStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/** Extensions that the library does not have: entity time (XEP-0202) and attention (XEP-0224). */
final class RawStanzas {
    private static final String TIME = "urn:xmpp:time";
    private static final String ATTENTION = "urn:xmpp:attention:0";

    private RawStanzas() {}

    static XmppAccess door(ChatClient client) {
        // @start region="door"
        XmppAccess xmpp = client.extension(XmppAccess.class);
        // @end
        return xmpp;
    }

    static CompletableFuture<String> ask(XmppAccess xmpp, Jid device) {
        // @start region="ask"
        return xmpp.query("get", device, XmlElement.of(TIME, "time"))
                .thenApply(iq -> iq.child(TIME, "time"))
                .thenApply(time -> time == null ? "" : time.childText("utc"));
        // @end
    }

    static EventStream.Subscription answer(XmppAccess xmpp, Clock clock) {
        // @start region="answer"
        return xmpp.onRequest(
                TIME,
                "time",
                iq -> XmlElement.builder(TIME, "time")
                        .textChild("tzo", "Z")
                        .textChild(
                                "utc",
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                        .build());
        // @end
    }

    static CompletableFuture<Void> send(XmppAccess xmpp, Jid to) {
        // @start region="send"
        return xmpp.send(XmlElement.builder("jabber:client", "message")
                .attribute("type", "headline")
                .attribute("to", to.toString())
                .child(XmlElement.of(ATTENTION, "attention"))
                .build());
        // @end
    }

    static EventStream.Subscription listen(XmppAccess xmpp, Consumer<Jid> ring) {
        // @start region="listen"
        return xmpp.stanzas(stanza -> stanza.is("jabber:client", "message")
                        && stanza.child(ATTENTION, "attention") != null
                        && stanza.attribute("from") != null)
                .map(stanza -> Jid.parse(stanza.attribute("from")))
                .subscribe(ring);
        // @end
    }
}
