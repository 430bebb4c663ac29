package org.partyline.xmpp.internal.stanza;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings inbound stanzas to the features that handle them. Routing happens on the loop; request handlers and taps may
 * come and go from any thread.
 */
public final class StanzaRouter implements StanzaRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(StanzaRouter.class);

    /** Answers an IQ request when it can. */
    @FunctionalInterface
    public interface DeferredIqHandler {
        /**
         * Answers a request, now or later.
         *
         * @param iq the whole stanza
         * @param answer gets the answer, once, from any thread
         */
        void handle(XmlElement iq, Consumer<XmlElement> answer);
    }

    private record Name(String namespace, String name) {}

    private final Map<Name, DeferredIqHandler> requests = new ConcurrentHashMap<>();
    private final List<Predicate<XmlElement>> messages = new ArrayList<>();
    private final List<Consumer<XmlElement>> presences = new ArrayList<>();
    private final List<Consumer<XmlElement>> taps = new CopyOnWriteArrayList<>();
    /** How many have named each feature: it is told of until the last of them takes it back. */
    private final ConcurrentSkipListMap<String, Integer> features = new ConcurrentSkipListMap<>();

    private final OriginGate gate;
    private final AnswerLimit limit = new AnswerLimit();
    private final Predicate<String> trusted;
    private final Consumer<XmlElement> sender;
    private final LongSupplier clock;

    /**
     * @param gate says who may send what
     * @param trusted whether requests from this address are answered without a limit: the account's own server
     * @param sender sends answers; any thread
     * @param clock a monotonic time in nanoseconds
     */
    public StanzaRouter(OriginGate gate, Predicate<String> trusted, Consumer<XmlElement> sender, LongSupplier clock) {
        this.gate = gate;
        this.trusted = trusted;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void onIq(String namespace, String name, IqHandler handler) {
        onDeferredIq(namespace, name, (iq, answer) -> answer.accept(handler.handle(iq)));
    }

    /**
     * As {@link #onIq}, for a handler that answers later. Any thread.
     *
     * @param namespace the payload's namespace
     * @param name the payload's local name
     * @param handler answers requests
     * @return removes the handler
     * @throws IllegalStateException if the name has a handler
     */
    public Runnable onDeferredIq(String namespace, String name, DeferredIqHandler handler) {
        Name key = new Name(namespace, name);
        if (requests.putIfAbsent(key, handler) != null) {
            throw new IllegalStateException("{" + namespace + "}" + name + " has a handler");
        }
        return () -> requests.remove(key, handler);
    }

    @Override
    public void onMessage(Predicate<XmlElement> handler) {
        messages.add(handler);
    }

    @Override
    public void onPresence(Consumer<XmlElement> handler) {
        presences.add(handler);
    }

    @Override
    public void onAddressee(Addressees known) {
        gate.addressees(known);
    }

    @Override
    public void onStanzaIds(Predicate<Jid> known) {
        gate.announcers(known);
    }

    @Override
    public void discoFeature(String feature) {
        features.merge(feature, 1, Integer::sum);
    }

    /**
     * Takes a name back that {@link #discoFeature} gave. Any thread.
     *
     * @param feature the feature's {@code var}
     */
    public void removeDiscoFeature(String feature) {
        features.computeIfPresent(feature, (name, count) -> count == 1 ? null : count - 1);
    }

    /** {@return the names for service discovery; a live view, sorted; any thread} */
    public Set<String> discoFeatures() {
        return Collections.unmodifiableSet(features.keySet());
    }

    /**
     * Hears every stanza that may be seen, before it is interpreted. Any thread.
     *
     * @param tap gets it, on the loop
     */
    public void tap(Consumer<XmlElement> tap) {
        taps.add(tap);
    }

    /**
     * Asks the origin gate. A request of somebody who may not make it is answered with {@code service-unavailable}.
     *
     * @param stanza any stanza
     * @return what may be seen of it, or null for nothing: nobody else may see it then
     */
    public @Nullable XmlElement admit(XmlElement stanza) {
        OriginRule.Kind kind = OriginGate.kind(stanza);
        if (kind == null) {
            return null;
        }
        OriginRule broken = gate.broken(stanza, kind);
        if (broken != null && broken.otherwise() == OriginRule.Otherwise.REFUSE && mayAnswer(stanza)) {
            sender.accept(Stanzas.error(stanza, "cancel", "service-unavailable"));
        }
        return gate.admitted(stanza, kind, broken);
    }

    /**
     * Brings a stanza to whoever handles it; IQ answers are not for this. A handler that fails is logged, and harms
     * neither the stanza's other handlers nor the session.
     *
     * @param stanza a message, presence or IQ request that was {@linkplain #admit admitted}
     */
    public void route(XmlElement stanza) {
        switch (stanza.name()) {
            case "message" -> {
                for (Predicate<XmlElement> handler : messages) {
                    if (guarded(handler, stanza)) {
                        return;
                    }
                }
            }
            case "presence" -> {
                for (Consumer<XmlElement> handler : presences) {
                    guarded(consumed(handler), stanza);
                }
            }
            default -> request(stanza);
        }
    }

    /**
     * Lets the taps hear a stanza.
     *
     * @param stanza any stanza
     */
    public void show(XmlElement stanza) {
        for (Consumer<XmlElement> tap : taps) {
            guarded(consumed(tap), stanza);
        }
    }

    private static Predicate<XmlElement> consumed(Consumer<XmlElement> handler) {
        return stanza -> {
            handler.accept(stanza);
            return false;
        };
    }

    private static boolean guarded(Predicate<XmlElement> handler, XmlElement stanza) {
        try {
            return handler.test(stanza);
        } catch (RuntimeException e) {
            LOG.error("a handler of {} stanzas failed", stanza.name(), e);
            return false;
        }
    }

    /** Says whether a request is to be answered; one that is too many is refused here. */
    private boolean mayAnswer(XmlElement iq) {
        if (iq.attribute("id") == null) {
            // Nobody could tell what an answer is for (RFC 6120 section 8.1.3).
            return false;
        }
        String from = iq.attribute("from");
        if (from == null || trusted.test(from)) {
            return true;
        }
        AnswerLimit.Decision decision = limit.decide(from, clock.getAsLong());
        if (decision == AnswerLimit.Decision.REFUSE) {
            sender.accept(Stanzas.error(iq, "wait", "policy-violation"));
        }
        return decision == AnswerLimit.Decision.ANSWER;
    }

    private void request(XmlElement iq) {
        if (!mayAnswer(iq)) {
            return;
        }
        List<XmlElement> payload = iq.children();
        if (payload.size() != 1) {
            sender.accept(Stanzas.error(iq, "modify", "bad-request"));
            return;
        }
        XmlElement child = payload.get(0);
        DeferredIqHandler handler = requests.get(new Name(child.namespace(), child.name()));
        if (handler == null) {
            sender.accept(Stanzas.error(iq, "cancel", "service-unavailable"));
            return;
        }
        try {
            handler.handle(iq, sender);
        } catch (RuntimeException e) {
            LOG.error("a handler of {} requests failed", child, e);
            sender.accept(Stanzas.error(iq, "cancel", "internal-server-error"));
        }
    }
}
