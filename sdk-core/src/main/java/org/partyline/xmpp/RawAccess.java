package org.partyline.xmpp;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.PublicFuture;
import org.partyline.stream.EventStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.discovery.ServiceDiscovery;
import org.partyline.xmpp.discovery.SoftwareVersion;
import org.partyline.xmpp.internal.features.Features;
import org.partyline.xmpp.internal.session.SessionCore;
import org.partyline.xmpp.internal.stanza.Stanzas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door to raw stanzas, on top of what the library's own features use. */
final class RawAccess implements XmppAccess {
    private static final Logger LOG = LoggerFactory.getLogger(RawAccess.class);

    private final SessionCore core;
    private final Features features;
    private final EventSource<XmlElement> stanzas;

    RawAccess(SessionCore core, Features features) {
        this.core = core;
        this.features = features;
        this.stanzas = new EventSource<>(core.callbacks(), core.limits().subscriberBuffer());
        core.router().tap(stanzas::emit);
        core.onClosed(stanzas::complete);
    }

    @Override
    public CompletableFuture<XmlElement> query(String type, @Nullable Jid to, XmlElement payload) {
        if (!type.equals("get") && !type.equals("set")) {
            throw new IllegalArgumentException("an IQ request is a get or a set: " + type);
        }
        Objects.requireNonNull(payload, "payload");
        return PublicFuture.of(core.query("query " + payload.name(), type, to, payload, null), core.callbacks());
    }

    @Override
    public CompletableFuture<Void> send(XmlElement stanza) {
        if (!stanza.is(Stanzas.CLIENT, "message") && !stanza.is(Stanzas.CLIENT, "presence")) {
            throw new IllegalArgumentException("neither a message nor a presence stanza: " + stanza);
        }
        return PublicFuture.of(core.send("send " + stanza.name(), stanza), core.callbacks());
    }

    @Override
    public EventStream.Subscription onRequest(String namespace, String name, RequestHandler handler) {
        Objects.requireNonNull(handler, "handler");
        Runnable removal = core.router()
                .onDeferredIq(
                        namespace,
                        name,
                        (iq, answer) -> core.callbacks().execute(() -> answer.accept(answerOf(handler, iq))));
        core.router().discoFeature(namespace);
        AtomicBoolean removed = new AtomicBoolean();
        return () -> {
            if (removed.compareAndSet(false, true)) {
                removal.run();
                core.router().removeDiscoFeature(namespace);
            }
        };
    }

    private static XmlElement answerOf(RequestHandler handler, XmlElement iq) {
        try {
            return Stanzas.result(iq, handler.handle(iq));
        } catch (RuntimeException e) {
            LOG.warn("a request handler failed; answered with internal-server-error", e);
            return Stanzas.error(iq, "cancel", "internal-server-error");
        }
    }

    @Override
    public ServiceDiscovery discovery() {
        return features.discovery();
    }

    @Override
    public CompletableFuture<Duration> ping(@Nullable Jid to) {
        return features.basics().ping(to);
    }

    @Override
    public CompletableFuture<SoftwareVersion> softwareVersion(Jid of) {
        return features.basics().softwareVersion(of);
    }

    @Override
    public EventStream<XmlElement> stanzas(Predicate<XmlElement> predicate) {
        return stanzas.stream().filter(predicate);
    }
}
