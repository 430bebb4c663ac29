package org.partyline.xmpp.internal.privacy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.UnsupportedFeatureException;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.PublicFuture;
import org.partyline.privacy.BlockList;
import org.partyline.stream.EventStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Addresses;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** The block list (XEP-0191): loaded when first asked for, kept in step by the server's pushes. */
public final class BlockListFeature implements Feature, BlockList {
    private static final String NAMESPACE = "urn:xmpp:blocking";
    /** Addresses that are kept. */
    private static final int MOST = 20_000;

    private final StanzaSession session;
    private final Supplier<CompletableFuture<Boolean>> offered;
    private final EventSource<Set<Jid>> changes;
    private @Nullable Set<Jid> blocked; // loop only; null until loaded in this session

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param offered asks whether the server has a block list
     */
    public BlockListFeature(StanzaSession session, Supplier<CompletableFuture<Boolean>> offered) {
        this.session = session;
        this.offered = offered;
        this.changes = new EventSource<>(session.callbacks(), session.limits().subscriberBuffer());
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.onIq(NAMESPACE, "block", iq -> onPush(iq, "block"));
        routes.onIq(NAMESPACE, "unblock", iq -> onPush(iq, "unblock"));
    }

    @Override
    public void onSessionEnded() {
        blocked = null;
    }

    @Override
    public void onClosed() {
        changes.complete();
    }

    /** That it comes from the account itself, the origin gate sees to. */
    private XmlElement onPush(XmlElement iq, String name) {
        XmlElement push = iq.child(NAMESPACE, name);
        if (!"set".equals(iq.attribute("type")) || push == null) {
            return Stanzas.error(iq, "modify", "bad-request");
        }
        Set<Jid> named = read(push);
        Set<Jid> known = blocked;
        if (known != null) {
            Set<Jid> now = new HashSet<>(known);
            if (name.equals("block")) {
                for (Jid each : named) {
                    if (now.size() < MOST) {
                        now.add(each);
                    }
                }
            } else if (push.children().isEmpty()) {
                now.clear();
            } else {
                now.removeAll(named);
            }
            blocked = Set.copyOf(now);
            changes.emit(Set.copyOf(now));
        }
        return Stanzas.result(iq, null);
    }

    private static Set<Jid> read(XmlElement list) {
        Set<Jid> named = new HashSet<>();
        for (XmlElement item : list.children()) {
            Jid jid = item.is(NAMESPACE, "item") ? Addresses.read(item, "jid") : null;
            if (jid != null && named.size() < MOST) {
                named.add(jid);
            }
        }
        return named;
    }

    @Override
    public CompletableFuture<Set<Jid>> load() {
        return onLoop(this::current);
    }

    private CompletableFuture<Set<Jid>> current() {
        Set<Jid> known = blocked;
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return ask("load the block list", "get", XmlElement.of(NAMESPACE, "blocklist"))
                .thenApply(result -> {
                    XmlElement list = result.child(NAMESPACE, "blocklist");
                    Set<Jid> loaded = list == null ? Set.of() : Set.copyOf(read(list));
                    blocked = loaded;
                    return loaded;
                });
    }

    @Override
    public CompletableFuture<Void> block(Jid... addresses) {
        return change("block", addresses);
    }

    @Override
    public CompletableFuture<Void> unblock(Jid... addresses) {
        return change("unblock", addresses);
    }

    private CompletableFuture<Void> change(String name, Jid... addresses) {
        if (addresses.length == 0) {
            // An empty unblock would mean everybody (XEP-0191 section 3.4): that must not happen by oversight.
            throw new IllegalArgumentException("at least one address");
        }
        XmlElement.Builder request = XmlElement.builder(NAMESPACE, name);
        for (Jid address : addresses) {
            request.child(XmlElement.builder(NAMESPACE, "item")
                    .attribute("jid", address.toString())
                    .build());
        }
        return onLoop(() -> ask(name + " addresses", "set", request.build()).thenApply(result -> null));
    }

    private CompletableFuture<XmlElement> ask(String operation, String type, XmlElement payload) {
        return offered.get()
                .thenCompose(has -> has
                        ? session.query(operation, type, null, payload, null)
                        : CompletableFuture.failedFuture(new UnsupportedFeatureException(
                                operation,
                                "a block list (XEP-0191)",
                                session.account().domain())));
    }

    private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> task) {
        CompletableFuture<T> done =
                CompletableFuture.<Void>completedFuture(null).thenComposeAsync(ignored -> task.get(), session.loop());
        return PublicFuture.of(done, session.callbacks());
    }

    @Override
    public EventStream<Set<Jid>> changes() {
        return changes.stream();
    }
}
