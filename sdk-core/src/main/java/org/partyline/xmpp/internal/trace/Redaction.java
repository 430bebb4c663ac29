package org.partyline.xmpp.internal.trace;

import static org.partyline.xmpp.internal.trace.Rule.SECRET;
import static org.partyline.xmpp.internal.trace.Rule.UNKNOWN;
import static org.partyline.xmpp.internal.trace.Rule.length;
import static org.partyline.xmpp.internal.trace.Rule.secret;
import static org.partyline.xmpp.internal.trace.Rule.shown;
import static org.partyline.xmpp.internal.trace.Rule.written;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partyline.transport.xml.XmlElement;

/**
 * The one table of what a trace shows of which element. What no row names is shown by names alone, with the lengths of its
 * texts and values: a new extension is private until a row says otherwise.
 */
final class Redaction {
    private static final String ANY = "*";
    private static final String CLIENT = "jabber:client";
    private static final Map<String, Map<String, Rule>> TABLE = new HashMap<>();

    static {
        streams();
        signIn();
        management();
        stanzas();
        extensions();
        secrets();
    }

    private Redaction() {}

    /** {@return what is shown of an element} */
    static Rule of(XmlElement element) {
        Map<String, Rule> names = TABLE.get(element.namespace());
        if (names == null) {
            return UNKNOWN;
        }
        Rule rule = names.get(element.name());
        return rule != null ? rule : names.getOrDefault(ANY, UNKNOWN);
    }

    private static void row(String namespace, Rule rule, String... names) {
        Map<String, Rule> rows = TABLE.computeIfAbsent(namespace, any -> new HashMap<>());
        for (String name : names) {
            rows.put(name, rule);
        }
    }

    /** RFC 6120: openings, features, errors, TLS, binding. */
    private static void streams() {
        for (String namespace : List.of(
                "http://etherx.jabber.org/streams",
                "urn:ietf:params:xml:ns:xmpp-framing",
                "urn:ietf:params:xml:ns:xmpp-streams",
                "urn:ietf:params:xml:ns:xmpp-stanzas",
                "urn:ietf:params:xml:ns:xmpp-tls",
                "urn:ietf:params:xml:ns:xmpp-bind",
                "urn:ietf:params:xml:ns:xmpp-session",
                "urn:xmpp:features:rosterver",
                "urn:xmpp:features:pre-approval",
                "urn:xmpp:sasl-cb:0",
                "urn:xmpp:bind:0")) {
            row(namespace, shown(), ANY);
        }
    }

    /** What proves an account in either direction, and what is computed from it. */
    private static void signIn() {
        String sasl = "urn:ietf:params:xml:ns:xmpp-sasl"; // RFC 6120 section 6.4
        row(sasl, SECRET, ANY);
        row(sasl, shown(), "mechanisms", "mechanism", "failure", "text", "abort");
        row(sasl, secret("mechanism"), "auth");

        String sasl2 = "urn:xmpp:sasl:2"; // XEP-0388
        row(sasl2, SECRET, ANY);
        row(sasl2, shown(), "authentication", "inline", "mechanism", "failure", "text", "abort");
        row(sasl2, shown(), "continue", "tasks", "task", "next", "authorization-identifier", "software");
        row(sasl2, secret("mechanism"), "authenticate");
        row(sasl2, secret(), "success", "user-agent"); // the id belongs to the token

        String fast = "urn:xmpp:fast:0"; // XEP-0484
        row(fast, secret("mechanism", "expiry", "count", "invalidate", "tls-0rtt"), ANY);
        row(fast, shown("mechanism"), "mechanism");

        row("urn:xmpp:sasl:upgrade:0", shown(), ANY); // XEP-0480
        row("urn:xmpp:scram-upgrade:0", SECRET, ANY);
        row("urn:xmpp:scram-upgrade:0", secret("iterations"), "salt");
        row("jabber:iq:auth", SECRET, ANY); // XEP-0078
    }

    /** XEP-0198: whoever knows a session's id, and the account, can take it over. */
    private static void management() {
        for (String namespace : List.of("urn:xmpp:sm:3", "urn:xmpp:sm:2")) {
            row(namespace, shown(), ANY);
            row(namespace, secret("resume", "max", "location"), "enabled");
            row(namespace, secret("h"), "resume", "resumed");
        }
    }

    /** RFC 6121. */
    private static void stanzas() {
        row(CLIENT, length("from", "to", "id", "type"), "message", "presence", "iq");
        row(CLIENT, written(), "body", "subject", "status");
        row(CLIENT, shown(), "show", "priority");
        row(CLIENT, shown("type", "code", "by"), "error");
        row("jabber:iq:roster", length("ver"), "query");
        row("jabber:iq:roster", length("jid", "subscription", "ask", "approved"), "item");
    }

    /** Extensions whose elements say how, and not what, is spoken. */
    private static void extensions() {
        for (String namespace : List.of(
                "urn:xmpp:ping",
                "urn:xmpp:csi:0",
                "urn:xmpp:carbons:2",
                "urn:xmpp:forward:0",
                "urn:xmpp:receipts",
                "urn:xmpp:chat-markers:0",
                "urn:xmpp:hints",
                "urn:xmpp:idle:1",
                "urn:xmpp:eme:0",
                "urn:xmpp:blocking",
                "jabber:iq:version",
                "jabber:iq:last",
                "http://jabber.org/protocol/caps",
                "http://jabber.org/protocol/chatstates",
                "http://jabber.org/protocol/rsm")) {
            row(namespace, shown(), ANY);
        }
        row("urn:xmpp:delay", length("from", "stamp"), "delay");
        row("urn:xmpp:sid:0", length("id", "by"), "stanza-id", "origin-id", "referenced-stanza");
        row("urn:xmpp:message-correct:0", length("id"), "replace");
        row("urn:xmpp:mam:2", length("id", "queryid", "complete", "stable"), "result", "query", "fin");
        row("http://jabber.org/protocol/nick", written(), "nick");
        row("http://jabber.org/protocol/disco#info", length("node", "var", "category", "type"), ANY);
        row("http://jabber.org/protocol/disco#items", length("node", "jid"), ANY);
        row("jabber:x:data", length("type", "var"), ANY);
        for (String pubsub : List.of("", "#event", "#owner")) {
            row("http://jabber.org/protocol/pubsub" + pubsub, length("node", "jid", "subscription"), ANY);
        }
        String rooms = "http://jabber.org/protocol/muc";
        row(rooms, length("maxchars", "maxstanzas", "seconds", "since"), "history");
        row(rooms + "#user", length("affiliation", "role", "jid"), "item");
        row(rooms + "#user", length("code"), "status");
        row(rooms + "#user", length("from", "to"), "invite", "decline");
    }

    /** Stanzas with something in them that gives access. */
    private static void secrets() {
        row("jabber:iq:register", SECRET, ANY); // XEP-0077
        row("jabber:iq:private", SECRET, ANY); // XEP-0049
        row("urn:xmpp:push:0", SECRET, ANY); // XEP-0357: the publish options
        String upload = "urn:xmpp:http:upload:0"; // XEP-0363: who knows an address may put or get
        row(upload, secret(), ANY);
        row(upload, length("size", "content-type"), "request");
        row(upload, secret("name"), "header");
        String services = "urn:xmpp:extdisco:2"; // XEP-0215
        row(services, secret("type", "host", "port", "transport", "expires"), ANY);
        row("http://jabber.org/protocol/muc", SECRET, "password"); // XEP-0045
        row("http://jabber.org/protocol/muc#user", SECRET, "password");
        row("jabber:x:conference", secret("jid"), "x"); // XEP-0249
    }
}
