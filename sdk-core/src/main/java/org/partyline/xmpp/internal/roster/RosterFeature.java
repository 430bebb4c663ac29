package org.partyline.xmpp.internal.roster;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.PublicFuture;
import org.partyline.roster.Contact;
import org.partyline.roster.Roster;
import org.partyline.roster.RosterChange;
import org.partyline.stream.EventStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Addresses;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contact list, kept over reconnects with its version, so that the server needs to send only what changed (RFC 6121
 * section 2.6).
 */
public final class RosterFeature implements Feature, Roster {
    private static final Logger LOG = LoggerFactory.getLogger(RosterFeature.class);
    private static final String VERSIONING = "urn:xmpp:features:rosterver";

    private final StanzaSession session;
    private final Function<Jid, CompletableFuture<Void>> subscribe;
    private final EventSource<RosterChange> changes;

    /** Written on the loop alone. */
    private final Map<Jid, Contact> contacts = new ConcurrentHashMap<>();

    private @Nullable String version; // loop only
    private boolean warned; // loop only

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param subscribe asks to see a contact's presence; completes when that is written
     */
    public RosterFeature(StanzaSession session, Function<Jid, CompletableFuture<Void>> subscribe) {
        this.session = session;
        this.subscribe = subscribe;
        this.changes = new EventSource<>(
                session.callbacks(),
                Math.max(session.limits().subscriberBuffer(), session.limits().rosterItems()));
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.onIq(RosterItems.NAMESPACE, "query", this::onPush);
    }

    @Override
    public CompletableFuture<Void> onBound() {
        boolean versioning = session.streamFeature(VERSIONING, "ver");
        XmlElement query = XmlElement.builder(RosterItems.NAMESPACE, "query")
                .attribute("ver", versioning ? (version == null ? "" : version) : null)
                .build();
        return session.query("load the contact list", "get", null, query, null).thenAccept(this::onLoaded);
    }

    @Override
    public void onSessionEnded() {
        warned = false;
    }

    @Override
    public void onClosed() {
        changes.complete();
    }

    private void onLoaded(XmlElement result) {
        XmlElement query = result.child(RosterItems.NAMESPACE, "query");
        if (query == null) {
            // What is kept is still right; pushes will bring the differences (RFC 6121 section 2.6.3).
            return;
        }
        Set<Jid> gone = new HashSet<>(contacts.keySet());
        for (XmlElement item : query.children()) {
            Contact contact = item.is(RosterItems.NAMESPACE, "item") ? RosterItems.read(item) : null;
            if (contact != null) {
                gone.remove(contact.jid());
                put(contact);
            }
        }
        gone.forEach(this::drop);
        version = query.attribute("ver");
    }

    /** RFC 6121 section 2.1.6: with one item alone. That it comes from the account itself, the origin gate sees to. */
    private XmlElement onPush(XmlElement iq) {
        XmlElement query = iq.child(RosterItems.NAMESPACE, "query");
        List<XmlElement> items = query == null ? List.of() : query.children();
        if (!"set".equals(iq.attribute("type")) || query == null || items.size() != 1) {
            return Stanzas.error(iq, "modify", "bad-request");
        }
        XmlElement item = items.get(0);
        Jid jid = Addresses.read(item, "jid");
        if (jid == null) {
            return Stanzas.error(iq, "modify", "bad-request");
        }
        if (RosterItems.isRemoval(item)) {
            drop(jid.bare());
        } else {
            Contact contact = RosterItems.read(item);
            if (contact == null) {
                return Stanzas.error(iq, "modify", "bad-request");
            }
            put(contact);
        }
        String pushed = query.attribute("ver");
        if (pushed != null) {
            version = pushed;
        }
        return Stanzas.result(iq, null);
    }

    private void put(Contact contact) {
        Contact former = contacts.get(contact.jid());
        if (contact.equals(former)) {
            return;
        }
        if (former == null && contacts.size() >= session.limits().rosterItems()) {
            if (!warned) {
                // Once a session: a server that goes on and on must not fill the log instead.
                warned = true;
                LOG.warn("the contact list is over its limit of {} entries; more are left out", contacts.size());
            }
            return;
        }
        contacts.put(contact.jid(), contact);
        changed(former == null ? RosterChange.Kind.ADDED : RosterChange.Kind.UPDATED, contact);
    }

    private void drop(Jid jid) {
        Contact former = contacts.remove(jid);
        if (former != null) {
            changed(RosterChange.Kind.REMOVED, former);
        }
    }

    private void changed(RosterChange.Kind kind, Contact contact) {
        changes.emit(new RosterChange(kind, contact));
    }

    @Override
    public List<Contact> contacts() {
        return List.copyOf(contacts.values());
    }

    @Override
    public Optional<Contact> contact(Jid jid) {
        return Optional.ofNullable(contacts.get(jid.bare()));
    }

    @Override
    public EventStream<RosterChange> changes() {
        return changes.stream();
    }

    @Override
    public CompletableFuture<Void> save(Jid jid, String name, Collection<String> groups) {
        return PublicFuture.of(set("save a contact", RosterItems.write(jid, name, groups)), session.callbacks());
    }

    @Override
    public CompletableFuture<Void> add(Jid jid, String name) {
        return PublicFuture.of(
                set("add a contact", RosterItems.write(jid, name, List.of()))
                        .thenCompose(stored -> subscribe.apply(jid)),
                session.callbacks());
    }

    @Override
    public CompletableFuture<Void> remove(Jid jid) {
        return PublicFuture.of(set("remove a contact", RosterItems.removal(jid)), session.callbacks());
    }

    private CompletableFuture<Void> set(String operation, XmlElement query) {
        return session.query(operation, "set", null, query, null).thenApply(result -> null);
    }
}
