package org.partyline.xmpp.internal.stanza;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.OriginRule.Kind;
import org.partyline.xmpp.internal.stanza.OriginRule.Otherwise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the {@linkplain OriginRule rules} for each stanza that comes in, in one pass over its children, and before anybody
 * sees it. Makes no objects for a stanza that keeps them all. Lives on the loop.
 */
public final class OriginGate {
    private static final Logger LOG = LoggerFactory.getLogger(OriginGate.class);
    private static final String FORWARD = "urn:xmpp:forward:0";

    private static final OriginRule[] OF_STANZAS = rules(rule -> rule.namespace() == null);
    private static final Map<String, OriginRule[]> OF_PAYLOADS = new HashMap<>();

    static {
        for (OriginRule each : OriginRule.values()) {
            String namespace = each.namespace();
            if (namespace != null) {
                OF_PAYLOADS.put(namespace, rules(rule -> Objects.equals(namespace, rule.namespace())));
            }
        }
    }

    private final StanzaSession session;
    private final Predicate<XmlElement> awaited;
    private final Asked asked = new Asked();
    private final RecentAddress senders = new RecentAddress("from");
    private StanzaRoutes.Addressees addressees = id -> null;
    private Predicate<Jid> announcers = by -> false;

    /**
     * @param session whose stanzas they are
     * @param awaited whether a request waits for an answer with this id, from this address
     */
    public OriginGate(StanzaSession session, Predicate<XmlElement> awaited) {
        this.session = session;
        this.awaited = awaited;
    }

    private static OriginRule[] rules(Predicate<OriginRule> which) {
        return Stream.of(OriginRule.values()).filter(which).toArray(OriginRule[]::new);
    }

    /** {@return what this session asked for, to be kept up to date by whoever sends} */
    public Asked asked() {
        return asked;
    }

    void addressees(StanzaRoutes.Addressees known) {
        addressees = known;
    }

    void announcers(Predicate<Jid> known) {
        announcers = known;
    }

    /** {@return the kind of a message, a presence or an IQ, or null for what is none of them} */
    static @Nullable Kind kind(XmlElement stanza) {
        return switch (stanza.name()) {
            case "message" -> Kind.MESSAGE;
            case "presence" -> Kind.PRESENCE;
            case "iq" -> Stanzas.isAnswer(stanza) ? Kind.ANSWER : Kind.REQUEST;
            default -> null;
        };
    }

    /**
     * {@return the rule that a stanza breaks, or null if it breaks none; of several, the one that lets least through}
     *
     * @param stanza a stanza
     * @param kind what kind it is of
     */
    @Nullable
    OriginRule broken(XmlElement stanza, Kind kind) {
        for (OriginRule rule : OF_STANZAS) {
            if (rule.kinds().contains(kind) && isOfType(stanza, rule.types()) && !legal(rule, stanza, stanza)) {
                return rule;
            }
        }
        OriginRule broken = null;
        for (int i = 0; i < stanza.nodeCount(); i++) {
            OriginRule worse = stanza.node(i) instanceof XmlElement child ? broken(child, stanza, kind) : null;
            if (worse != null && worse.otherwise() != Otherwise.STRIP) {
                return worse;
            }
            broken = broken == null ? worse : broken;
        }
        return broken;
    }

    private @Nullable OriginRule broken(XmlElement payload, XmlElement stanza, Kind kind) {
        OriginRule[] rules = OF_PAYLOADS.get(payload.namespace());
        if (rules == null) {
            return null;
        }
        for (OriginRule rule : rules) {
            if (rule.kinds().contains(kind) && (rule.names().isEmpty() || isOneOf(payload.name(), rule.names()))) {
                if (!legal(rule, stanza, payload)) {
                    return rule;
                }
                XmlElement copy = rule == OriginRule.CARBON ? copied(payload) : null;
                return copy == null ? null : broken(copy, Kind.COPY);
            }
        }
        return null;
    }

    private static boolean isOfType(XmlElement stanza, List<String> types) {
        return types.isEmpty() || isOneOf(stanza.attribute("type"), types);
    }

    private static boolean isOneOf(@Nullable String word, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(word)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the message in a carbon, or null} */
    private static @Nullable XmlElement copied(XmlElement carbon) {
        XmlElement forwarded = carbon.child(FORWARD, "forwarded");
        return forwarded == null ? null : forwarded.child(Stanzas.CLIENT, "message");
    }

    private boolean legal(OriginRule rule, XmlElement stanza, XmlElement payload) {
        return switch (rule.who()) {
            case ACCOUNT -> isAccount(stanza);
            case ASKED -> awaited.test(stanza);
            case ARCHIVE ->
                asked.archive(
                        payload.attribute("queryid"), stanza.attribute("from"), session.account(), session.self());
            case ROOM -> {
                Jid from = senders.read(stanza, session.account());
                yield from != null && asked.room(from.bare());
            }
            case ADDRESSEE -> {
                Jid addressee = addressee(payload);
                yield addressee == null || isAccountOf(stanza, addressee);
            }
            case AUTHOR -> addressee(payload) == null || isAccountOf(stanza, session.account());
            case ANNOUNCED -> isAnnounced(stanza, payload);
            case OWNER -> !isPrivate(payload) || isAccount(stanza);
            case ANOTHER -> {
                Jid from = senders.read(stanza, session.account());
                yield from != null && !from.bare().equals(session.account());
            }
            case NOBODY -> false;
        };
    }

    /** The account, or its server on its behalf: no {@code from}, or the bare address (RFC 6120 section 8.1.2.1). */
    private boolean isAccount(XmlElement stanza) {
        return session.account().equals(senders.read(stanza, session.account()));
    }

    private boolean isAccountOf(XmlElement stanza, Jid address) {
        Jid from = senders.read(stanza, session.account());
        return from != null && from.bare().equals(address.bare());
    }

    /** {@return whom the message went to whose id stands here, or null if it is none of this client's} */
    private @Nullable Jid addressee(XmlElement payload) {
        String id = payload.attribute("id");
        return id == null ? null : addressees.of(id);
    }

    private boolean isAnnounced(XmlElement stanza, XmlElement id) {
        Jid by = by(id);
        if (by == null || !announcers.test(by) || !(by.equals(session.account()) || isRoom(by, stanza))) {
            return false;
        }
        int same = 0;
        for (int i = 0; i < stanza.nodeCount(); i++) {
            if (stanza.node(i) instanceof XmlElement other
                    && other.is(OriginRule.Names.STANZA_IDS, "stanza-id")
                    && by.equals(by(other))
                    && ++same > 1) {
                return false;
            }
        }
        return true;
    }

    private boolean isRoom(Jid by, XmlElement stanza) {
        return by.isBare() && isAccountOf(stanza, by) && asked.room(by);
    }

    private @Nullable Jid by(XmlElement id) {
        Jid account = session.account();
        return account.toString().equals(id.attribute("by")) ? account : Addresses.read(id, "by");
    }

    /** Bookmarks (XEP-0402, XEP-0048) and what was read where (XEP-0490): nobody has them but their owner. */
    private static boolean isPrivate(XmlElement event) {
        for (int i = 0; i < event.nodeCount(); i++) {
            String node = event.node(i) instanceof XmlElement items ? items.attribute("node") : null;
            if (node != null
                    && (node.equals("urn:xmpp:bookmarks:1")
                            || node.equals("storage:bookmarks")
                            || node.equals("urn:xmpp:mds:displayed:0"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the stanza as far as it may be seen: itself, or without some of its payloads; null if it may not}
     *
     * @param stanza a stanza
     * @param kind what kind it is of
     * @param broken the rule that it breaks, or null
     */
    @Nullable
    XmlElement admitted(XmlElement stanza, Kind kind, @Nullable OriginRule broken) {
        if (broken == null) {
            return stanza;
        }
        LOG.debug("a {} breaks the rule {} ({})", stanza.name(), broken, broken.otherwise());
        return broken.otherwise() == Otherwise.STRIP ? stripped(stanza, kind) : null;
    }

    private XmlElement stripped(XmlElement stanza, Kind kind) {
        XmlElement.Builder rest = emptied(stanza);
        for (int i = 0; i < stanza.nodeCount(); i++) {
            if (stanza.node(i) instanceof XmlElement child) {
                OriginRule broken = broken(child, stanza, kind);
                if (broken == null) {
                    rest.child(child);
                } else if (kind == Kind.MESSAGE
                        && isOneOf(child.name(), OriginRule.CARBON.names())
                        && OriginRule.Names.CARBONS.equals(child.namespace())) {
                    rest.child(strippedCarbon(child));
                }
            } else {
                rest.text((String) stanza.node(i));
            }
        }
        return rest.build();
    }

    /** A carbon of the account itself, whose message holds what its sender may not send. */
    private XmlElement strippedCarbon(XmlElement carbon) {
        XmlElement message = copied(carbon);
        XmlElement forwarded = carbon.child(FORWARD, "forwarded");
        if (message == null || forwarded == null) {
            return carbon;
        }
        return replaced(carbon, forwarded, replaced(forwarded, message, stripped(message, Kind.COPY)));
    }

    private static XmlElement replaced(XmlElement parent, XmlElement child, XmlElement by) {
        XmlElement.Builder builder = emptied(parent);
        for (int i = 0; i < parent.nodeCount(); i++) {
            Object node = parent.node(i);
            if (node instanceof String text) {
                builder.text(text);
            } else {
                builder.child(node == child ? by : (XmlElement) node);
            }
        }
        return builder.build();
    }

    private static XmlElement.Builder emptied(XmlElement element) {
        XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.name());
        for (int i = 0; i < element.attributeCount(); i++) {
            builder.attribute(element.attributeNamespace(i), element.attributeName(i), element.attributeValue(i));
        }
        return builder;
    }
}
