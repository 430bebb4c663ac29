package org.partyline.xmpp.internal.presence;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.UnsupportedFeatureException;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.PublicFuture;
import org.partyline.presence.Presence;
import org.partyline.presence.PresenceService;
import org.partyline.presence.PresenceUpdate;
import org.partyline.presence.SubscriptionRequest;
import org.partyline.stream.EventStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Addresses;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/**
 * Own presence is a wish that is announced anew with every new session; that of others is what the present session has
 * brought.
 */
public final class PresenceFeature implements Feature, PresenceService {
    private static final String PRE_APPROVAL = "urn:xmpp:features:pre-approval";
    private static final int MAX_REQUESTS = 1_000;
    private static final int MAX_NOTE = 4096;

    private final StanzaSession session;
    private final Supplier<@Nullable XmlElement> capabilities;
    private final PresenceTable table;
    private final EventSource<PresenceUpdate> updates;
    private final EventSource<SubscriptionRequest> requests;
    private final Set<Jid> asking = new LinkedHashSet<>(); // loop only
    private volatile Presence own = Presence.available();

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param capabilities what is said of this client in its presence (XEP-0115), or null for nothing
     */
    public PresenceFeature(StanzaSession session, Supplier<@Nullable XmlElement> capabilities) {
        this.session = session;
        this.capabilities = capabilities;
        this.table = new PresenceTable(
                session.limits().rosterItems(), session.limits().devicesPerContact());
        this.updates = new EventSource<>(session.callbacks(), session.limits().rosterItems());
        this.requests = new EventSource<>(session.callbacks(), session.limits().subscriberBuffer());
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.onPresence(this::onPresence);
    }

    /** Sent right after the roster's request, without waiting for its answer (RFC 6121 section 2.2). */
    @Override
    public CompletableFuture<Void> onBound() {
        return own.isAvailable() ? announce(own) : CompletableFuture.completedFuture(null);
    }

    /**
     * Who is there was told to the process before, and is told again only to who comes (RFC 6121 section 4.2): so this device goes,
     * and comes.
     */
    @Override
    public CompletableFuture<Void> onTakenOver() {
        CompletableFuture<Void> gone = announce(Presence.offline());
        return own.isAvailable() ? announce(own) : gone;
    }

    /** A session that ended has taken the presence of others with it: nobody is known to be there. */
    @Override
    public void onSessionEnded() {
        table.clear();
        asking.clear();
    }

    @Override
    public void onClosed() {
        updates.complete();
        requests.complete();
    }

    private void onPresence(XmlElement stanza) {
        Jid from = Addresses.read(stanza, "from");
        if (from == null) {
            return;
        }
        String type = stanza.attribute("type");
        if (type == null || type.equals("unavailable")) {
            Presence presence = PresenceStanzas.read(stanza);
            table.update(from, presence);
            updates.emit(new PresenceUpdate(from, presence));
        } else if (type.equals("subscribe")) {
            onRequest(from.bare(), stanza.childText("status"));
        } else if (type.equals("error")) {
            // The contact cannot be reached: nothing is known of it (RFC 6121 section 4.3.2).
            table.update(from, Presence.offline());
        }
        // The other types change the roster, which the server says by a push (RFC 6121 section 3.1.6).
    }

    private void onRequest(Jid from, @Nullable String note) {
        if (asking.size() >= MAX_REQUESTS) {
            asking.remove(asking.iterator().next());
        }
        asking.add(from);
        requests.emit(new SubscriptionRequest(from, note == null ? null : Stanzas.cut(note, MAX_NOTE)));
    }

    private CompletableFuture<Void> announce(Presence presence) {
        return session.send("publish presence", PresenceStanzas.write(null, presence, capabilities.get()));
    }

    @Override
    public CompletableFuture<Void> publish(Presence presence) {
        PresenceStanzas.write(
                null, presence, null); // what the wire cannot carry is refused here, not at each new session
        own = presence;
        return onLoop(done -> {
            if (session.isOnline()) {
                // A connection that goes meanwhile brings a new session, and with it the announcement.
                announce(presence).whenComplete((written, failure) -> done.complete(null));
            } else {
                done.complete(null);
            }
        });
    }

    @Override
    public CompletableFuture<Void> sendTo(Jid to, Presence presence) {
        return follow(session.send("send presence", PresenceStanzas.write(to, presence, capabilities.get())));
    }

    @Override
    public EventStream<PresenceUpdate> updates() {
        return updates.stream();
    }

    @Override
    public Presence of(Jid contact) {
        return table.of(contact);
    }

    @Override
    public Map<Jid, Presence> devicesOf(Jid contact) {
        return table.devicesOf(contact);
    }

    @Override
    public EventStream<SubscriptionRequest> requests() {
        return requests.stream();
    }

    @Override
    public CompletableFuture<Void> subscribe(Jid contact) {
        return follow(requestPresence(contact));
    }

    /**
     * Asks to see somebody's presence.
     *
     * @param contact whose
     * @return completes on the loop when it is written
     */
    public CompletableFuture<Void> requestPresence(Jid contact) {
        return session.send("subscribe to presence", PresenceStanzas.subscription(contact, "subscribe"));
    }

    @Override
    public CompletableFuture<Void> unsubscribe(Jid contact) {
        return follow(session.send("unsubscribe from presence", PresenceStanzas.subscription(contact, "unsubscribe")));
    }

    @Override
    public CompletableFuture<Void> approve(Jid contact) {
        return onLoop(done -> {
            boolean asked = asking.remove(contact.bare());
            if (!asked && session.isOnline() && !session.streamFeature(PRE_APPROVAL, "sub")) {
                done.completeExceptionally(new UnsupportedFeatureException(
                        "approve in advance",
                        "subscription pre-approval",
                        session.account().domain()));
                return;
            }
            pass(session.send("approve a subscription", PresenceStanzas.subscription(contact, "subscribed")), done);
        });
    }

    @Override
    public CompletableFuture<Void> deny(Jid contact) {
        return onLoop(done -> {
            asking.remove(contact.bare());
            pass(session.send("deny a subscription", PresenceStanzas.subscription(contact, "unsubscribed")), done);
        });
    }

    private CompletableFuture<Void> onLoop(Consumer<CompletableFuture<Void>> task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        session.loop().execute(() -> task.accept(done));
        return follow(done);
    }

    private CompletableFuture<Void> follow(CompletableFuture<Void> done) {
        return PublicFuture.of(done, session.callbacks());
    }

    private static void pass(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        from.whenComplete((value, failure) -> {
            if (failure == null) {
                to.complete(null);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }
}
