package org.partyline.xmpp.internal.disco;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.future.PublicFuture;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.discovery.ServiceDiscovery;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** Answers what this client is and can do, and asks others (XEP-0030). */
public final class DiscoFeature implements Feature, ServiceDiscovery {
    private static final String STANZA_IDS = "urn:xmpp:sid:0";
    /** Whoever has an archive gives ids to stanzas too (XEP-0313). */
    private static final String ARCHIVE = "urn:xmpp:mam:2";
    /** As many as rooms are kept in mind. */
    private static final int MAX_STANZA_IDS = 500;

    private static final String CAPS_NODE = "https://partyline.example/caps";

    private final StanzaSession session;
    private final Supplier<Set<String>> ownFeatures;
    private final CapsCache caps = new CapsCache();

    /** Whether the account, and who else, said in this session that it gives ids to stanzas; loop only. */
    private boolean ownStanzaIds;

    private final Set<Jid> stanzaIds = new LinkedHashSet<>();

    /** The server's own answer, kept for the session; loop only. */
    private @Nullable CompletableFuture<Info> server;
    /** The account's own answer, kept for the session; loop only. */
    private @Nullable CompletableFuture<Info> account;

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param ownFeatures what this client can do now
     */
    public DiscoFeature(StanzaSession session, Supplier<Set<String>> ownFeatures) {
        this.session = session;
        this.ownFeatures = ownFeatures;
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.discoFeature(DiscoStanzas.INFO);
        routes.discoFeature(DiscoStanzas.ITEMS);
        routes.discoFeature(CapsCache.NAMESPACE);
        routes.onIq(DiscoStanzas.INFO, "query", this::answerInfo);
        routes.onIq(DiscoStanzas.ITEMS, "query", this::answerItems);
        routes.onPresence(caps::onPresence);
        routes.onStanzaIds(this::givesStanzaIds);
    }

    @Override
    public void onSessionEnded() {
        ownStanzaIds = false;
        stanzaIds.clear();
        server = null;
        account = null;
        caps.forgetDevices();
    }

    private XmlElement answerInfo(XmlElement iq) {
        XmlElement query = iq.child(DiscoStanzas.INFO, "query");
        String node = query == null ? null : query.attribute("node");
        if (!"get".equals(iq.attribute("type")) || (node != null && !node.equals(CAPS_NODE + '#' + ownHash()))) {
            return Stanzas.error(iq, "cancel", "item-not-found");
        }
        return Stanzas.result(iq, ownInfo(node));
    }

    private XmlElement answerItems(XmlElement iq) {
        return "get".equals(iq.attribute("type"))
                ? Stanzas.result(iq, DiscoStanzas.query(DiscoStanzas.ITEMS, null))
                : Stanzas.error(iq, "cancel", "item-not-found");
    }

    private XmlElement ownInfo(@Nullable String node) {
        XmlElement.Builder query = DiscoStanzas.query(DiscoStanzas.INFO, node).toBuilder()
                .child(XmlElement.builder(DiscoStanzas.INFO, "identity")
                        .attribute("category", "client")
                        .attribute("type", "pc")
                        .attribute("name", "Partyline")
                        .build());
        for (String feature : new TreeSet<>(ownFeatures.get())) {
            query.child(XmlElement.builder(DiscoStanzas.INFO, "feature")
                    .attribute("var", feature)
                    .build());
        }
        return query.build();
    }

    private String ownHash() {
        String hash = CapsHash.of(ownInfo(null));
        if (hash == null) {
            throw new IllegalStateException("own features are a set");
        }
        return hash;
    }

    /** {@return what own presence says of this client (XEP-0115 section 4)} */
    public XmlElement capabilities() {
        return XmlElement.builder(CapsCache.NAMESPACE, "c")
                .attribute("hash", "sha-1")
                .attribute("node", CAPS_NODE)
                .attribute("ver", ownHash())
                .build();
    }

    /**
     * Asks whether the account's server has a feature, once a session.
     *
     * @param feature the feature's {@code var}
     * @return completes on the loop
     */
    public CompletableFuture<Boolean> serverHas(String feature) {
        CompletableFuture<Info> asked = server;
        if (asked == null || asked.isCompletedExceptionally()) {
            asked = ask(Jid.of(null, session.account().domain(), null), null);
            server = asked;
        }
        return asked.thenApply(info -> info.has(feature));
    }

    /**
     * Asks whether the account itself has a feature, once a session.
     *
     * @param feature the feature's {@code var}
     * @return completes on the loop
     */
    public CompletableFuture<Boolean> accountHas(String feature) {
        return account().thenApply(info -> info.has(feature));
    }

    private CompletableFuture<Info> account() {
        CompletableFuture<Info> asked = account;
        if (asked == null || asked.isCompletedExceptionally()) {
            asked = ask(session.account(), null);
            account = asked;
        }
        return asked;
    }

    /**
     * Asks what somebody can do: the account once a session, others each time.
     *
     * @param address whom
     * @return completes on the loop
     */
    public CompletableFuture<Set<String>> featuresOf(Jid address) {
        CompletableFuture<Info> asked = address.equals(session.account()) ? account() : ask(address, null);
        return asked.thenApply(Info::features);
    }

    /**
     * {@return whether a device is known, by verified capabilities, to lack a feature}
     *
     * @param device its full address
     * @param feature the feature's {@code var}
     */
    public boolean knownWithout(Jid device, String feature) {
        Info known = caps.find(device);
        return known != null && !known.has(feature);
    }

    @Override
    public CompletableFuture<Info> info(Jid address) {
        CompletableFuture<Info> done = new CompletableFuture<>();
        session.loop().execute(() -> {
            Info known = caps.find(address);
            if (known != null) {
                done.complete(known);
                return;
            }
            String node = caps.node(address);
            CompletableFuture<Info> asked = ask(address, node);
            done.whenComplete((info, failure) -> {
                if (done.isCancelled()) {
                    asked.cancel(false);
                }
            });
            asked.whenComplete((info, failure) -> {
                if (failure == null) {
                    done.complete(info);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        });
        return PublicFuture.of(done, session.callbacks());
    }

    private CompletableFuture<Info> ask(Jid address, @Nullable String node) {
        return session.query("discover features", "get", address, DiscoStanzas.query(DiscoStanzas.INFO, node), null)
                .thenApply(result -> {
                    XmlElement query = result.child(DiscoStanzas.INFO, "query");
                    Info info = DiscoStanzas.readInfo(query);
                    noteStanzaIds(address, info);
                    if (node != null && query != null) {
                        caps.learn(address, CapsHash.of(query), info);
                    }
                    return info;
                });
    }

    private void noteStanzaIds(Jid address, Info info) {
        boolean named = info.has(STANZA_IDS) || info.has(ARCHIVE);
        if (address.equals(session.account())) {
            ownStanzaIds = named;
        } else if (!named) {
            stanzaIds.remove(address);
        } else if (stanzaIds.add(address) && stanzaIds.size() > MAX_STANZA_IDS) {
            stanzaIds.remove(stanzaIds.iterator().next());
        }
    }

    private boolean givesStanzaIds(Jid by) {
        return by.equals(session.account()) ? ownStanzaIds : stanzaIds.contains(by);
    }

    @Override
    public CompletableFuture<List<Item>> items(Jid address) {
        return PublicFuture.of(
                session.query("discover items", "get", address, DiscoStanzas.query(DiscoStanzas.ITEMS, null), null)
                        .thenApply(result -> DiscoStanzas.readItems(result.child(DiscoStanzas.ITEMS, "query"))),
                session.callbacks());
    }
}
