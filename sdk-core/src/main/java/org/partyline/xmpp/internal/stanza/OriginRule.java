package org.partyline.xmpp.internal.stanza;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may send what: every rule that makes a sender matter, one to a line. {@link OriginGate} asks them for each stanza before
 * anybody sees it. What no rule names may come from anyone.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists and sets cannot be changed, which their types do not say
public enum OriginRule {
    ANSWER(in(Kind.ANSWER), ofType(), null, Who.ASKED, Otherwise.DROP, "RFC 6120 section 8.1.2.1"),
    ROSTER_PUSH(in(Kind.REQUEST), "jabber:iq:roster", Who.ACCOUNT, Otherwise.REFUSE, "RFC 6121 section 2.1.6", "query"),
    BLOCK_LIST_PUSH(in(Kind.REQUEST), "urn:xmpp:blocking", Who.ACCOUNT, Otherwise.REFUSE, "XEP-0191"),
    CARBON(in(Kind.MESSAGE), Names.CARBONS, Who.ACCOUNT, Otherwise.DROP, "XEP-0280 section 11", "received", "sent"),
    CARBON_IN_A_CARBON(
            in(Kind.COPY), Names.CARBONS, Who.NOBODY, Otherwise.DROP, "XEP-0280 section 11", "received", "sent"),
    ARCHIVE_RESULT(in(Kind.MESSAGE), Names.ARCHIVE, Who.ARCHIVE, Otherwise.DROP, "XEP-0313", "result"),
    ARCHIVE_RESULT_IN_A_CARBON(in(Kind.COPY), Names.ARCHIVE, Who.NOBODY, Otherwise.DROP, "XEP-0280", "result"),
    ROOM_MESSAGE(messages(), ofType("groupchat"), null, Who.ROOM, Otherwise.DROP, "XEP-0045 section 7.4"),
    ERROR_REPORT(messages(), ofType("error"), null, Who.ADDRESSEE, Otherwise.DROP, "RFC 6120 section 8.3.1"),
    RECEIPT(messages(), "urn:xmpp:receipts", Who.ADDRESSEE, Otherwise.STRIP, "XEP-0184 section 8", "received"),
    CHAT_MARKER(
            messages(),
            "urn:xmpp:chat-markers:0",
            Who.ADDRESSEE,
            Otherwise.STRIP,
            "XEP-0333",
            "received",
            "displayed",
            "acknowledged"),
    CORRECTION(messages(), "urn:xmpp:message-correct:0", Who.AUTHOR, Otherwise.STRIP, "XEP-0308", "replace"),
    RETRACTION(messages(), "urn:xmpp:message-retract:1", Who.AUTHOR, Otherwise.STRIP, "XEP-0424", "retract"),
    STANZA_ID(messages(), Names.STANZA_IDS, Who.ANNOUNCED, Otherwise.STRIP, "XEP-0359", "stanza-id"),
    PRIVATE_EVENT(
            messages(), "http://jabber.org/protocol/pubsub#event", Who.OWNER, Otherwise.STRIP, "XEP-0223", "event"),
    SUBSCRIPTION(
            in(Kind.PRESENCE),
            ofType("subscribe", "subscribed", "unsubscribe", "unsubscribed"),
            null,
            Who.ANOTHER,
            Otherwise.DROP,
            "RFC 6121 section 3"),
    STREAM_MANAGEMENT(
            in(Kind.MESSAGE, Kind.COPY, Kind.PRESENCE), "urn:xmpp:sm:3", Who.NOBODY, Otherwise.STRIP, "XEP-0198"),
    CLIENT_STATE(in(Kind.MESSAGE, Kind.COPY, Kind.PRESENCE), "urn:xmpp:csi:0", Who.NOBODY, Otherwise.STRIP, "XEP-0352"),
    STREAM_ELEMENT(
            in(Kind.MESSAGE, Kind.COPY, Kind.PRESENCE),
            "http://etherx.jabber.org/streams",
            Who.NOBODY,
            Otherwise.STRIP,
            "RFC 6120 section 4");

    /** What kind of stanza it is about. */
    public enum Kind {
        /** A message. */
        MESSAGE,
        /** The message inside a carbon (XEP-0280). */
        COPY,
        /** A presence. */
        PRESENCE,
        /** An IQ that asks. */
        REQUEST,
        /** An IQ that answers: a result or an error. */
        ANSWER
    }

    /** Whose word is taken. */
    public enum Who {
        /** The account itself. */
        ACCOUNT("the account itself: its bare address, or no `from`"),
        /** Whom a request went to. */
        ASKED("whom the open request with its `id` went to"),
        /** The archive that a query went to. */
        ARCHIVE("the archive that the open query with its `queryid` went to"),
        /** A room. */
        ROOM("a room that this session asked to let it in"),
        /** Whom the message went to that it is about. */
        ADDRESSEE("of a message of this client: the account it went to"),
        /** Who wrote the message that it is about. */
        AUTHOR("of a message of this client: the account itself"),
        /** Who gives ids. */
        ANNOUNCED("`by` the account, or the room it comes from, that announces such ids; once each"),
        /** Whose data it is. */
        OWNER("of bookmarks and of what was read: the account itself"),
        /** Others. */
        ANOTHER("anybody but the account itself"),
        /** Nobody. */
        NOBODY("nobody");

        private final String text;

        Who(String text) {
            this.text = text;
        }

        /** {@return it in words, for the documents} */
        public String text() {
            return text;
        }
    }

    /** What becomes of what somebody else sends. */
    public enum Otherwise {
        /** Nobody sees the stanza. */
        DROP("dropped"),
        /** Nobody sees the request, and it is answered with an error. */
        REFUSE("`service-unavailable`"),
        /** The payload is taken out, and the rest goes its way. */
        STRIP("left out, the rest is delivered");

        private final String text;

        Otherwise(String text) {
            this.text = text;
        }
    }

    private final Set<Kind> kinds;
    private final List<String> types;
    private final @Nullable String namespace;
    private final Who who;
    private final Otherwise otherwise;
    private final String source;
    private final List<String> names;

    OriginRule(Set<Kind> kinds, String namespace, Who who, Otherwise otherwise, String source, String... names) {
        this(kinds, ofType(), namespace, who, otherwise, source, names);
    }

    OriginRule(
            Set<Kind> kinds,
            List<String> types,
            @Nullable String namespace,
            Who who,
            Otherwise otherwise,
            String source,
            String... names) {
        this.kinds = Collections.unmodifiableSet(kinds);
        this.types = types;
        this.namespace = namespace;
        this.who = who;
        this.otherwise = otherwise;
        this.source = source;
        this.names = List.of(names);
    }

    private static Set<Kind> in(Kind first, Kind... more) {
        return EnumSet.of(first, more);
    }

    private static Set<Kind> messages() {
        return EnumSet.of(Kind.MESSAGE, Kind.COPY);
    }

    private static List<String> ofType(String... types) {
        return List.of(types);
    }

    /** Namespaces that others need too. */
    static final class Names {
        static final String CARBONS = "urn:xmpp:carbons:2";
        static final String ARCHIVE = "urn:xmpp:mam:2";
        static final String STANZA_IDS = "urn:xmpp:sid:0";

        private Names() {}
    }

    /** {@return which stanzas it is about} */
    public Set<Kind> kinds() {
        return kinds;
    }

    /** {@return the {@code type}s of the stanzas that it is about; none for all} */
    public List<String> types() {
        return types;
    }

    /** {@return the namespace of the payload that it is about, or null if it is about the stanza itself} */
    public @Nullable String namespace() {
        return namespace;
    }

    /** {@return the local names of the payloads that it is about; none for all} */
    public List<String> names() {
        return names;
    }

    /** {@return whose word is taken} */
    public Who who() {
        return who;
    }

    /** {@return what becomes of what others send} */
    public Otherwise otherwise() {
        return otherwise;
    }

    /** {@return the rule as a row of a table in Markdown: what, in which stanzas, from whom, otherwise, by which rule} */
    public String row() {
        String what = namespace == null
                ? "the stanza" + (types.isEmpty() ? "" : " of type " + listed(types))
                : (names.isEmpty() ? "anything" : listed(names)) + " of `" + namespace + "`";
        String where = kinds.stream()
                .map(kind -> switch (kind) {
                    case MESSAGE -> "message";
                    case COPY -> "message in a carbon";
                    case PRESENCE -> "presence";
                    case REQUEST -> "IQ request";
                    case ANSWER -> "IQ answer";
                })
                .collect(Collectors.joining(", "));
        return "| " + String.join(" | ", what, where, who.text, otherwise.text, source) + " |";
    }

    private static String listed(List<String> words) {
        return words.stream().map(word -> '`' + word + '`').collect(Collectors.joining(", "));
    }
}
