package org.partyline.xmpp.internal.basics;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.RequestRejectedException;
import org.partyline.internal.future.PublicFuture;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.discovery.SoftwareVersion;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** Ping (XEP-0199) and software version (XEP-0092), both ways. */
public final class BasicsFeature implements Feature {
    private static final String PING = "urn:xmpp:ping";
    private static final String VERSION = "jabber:iq:version";
    private static final int MAX_TEXT = 256;

    private final StanzaSession session;

    /**
     * Makes the feature.
     *
     * @param session the session
     */
    public BasicsFeature(StanzaSession session) {
        this.session = session;
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.discoFeature(PING);
        routes.discoFeature(VERSION);
        routes.onIq(PING, "ping", iq -> Stanzas.result(iq, null));
        routes.onIq(VERSION, "query", iq -> Stanzas.result(iq, ownVersion()));
    }

    /** The operating system is nobody's business, and is left out. */
    private static XmlElement ownVersion() {
        String version = BasicsFeature.class.getPackage().getImplementationVersion();
        return XmlElement.builder(VERSION, "query")
                .textChild("name", "Partyline")
                .textChild("version", version == null ? "development" : version)
                .build();
    }

    /**
     * Pings somebody.
     *
     * @param to whom, or null for the account's own server
     * @return how long the answer took; an error that says that ping is not supported is an answer too (XEP-0199 section 4)
     */
    public CompletableFuture<Duration> ping(@Nullable Jid to) {
        long start = session.loop().nanoTime();
        CompletableFuture<XmlElement> request = session.query("ping", "get", to, XmlElement.of(PING, "ping"), null);
        CompletableFuture<Duration> answered = request.handle((result, failure) -> {
                    if (failure == null || isAnswer(failure)) {
                        return CompletableFuture.completedFuture(
                                Duration.ofNanos(session.loop().nanoTime() - start));
                    }
                    return CompletableFuture.<Duration>failedFuture(failure);
                })
                .thenCompose(outcome -> outcome);
        return PublicFuture.of(PublicFuture.cancelling(request, answered), session.callbacks());
    }

    private static boolean isAnswer(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof RequestRejectedException rejected
                && (rejected.condition().equals("service-unavailable")
                        || rejected.condition().equals("feature-not-implemented"));
    }

    /**
     * Asks for somebody's software.
     *
     * @param of whose
     * @return what it says of itself
     */
    public CompletableFuture<SoftwareVersion> softwareVersion(Jid of) {
        CompletableFuture<XmlElement> request =
                session.query("ask for the software version", "get", of, XmlElement.of(VERSION, "query"), null);
        CompletableFuture<SoftwareVersion> answered = request.thenApply(BasicsFeature::readVersion);
        return PublicFuture.of(PublicFuture.cancelling(request, answered), session.callbacks());
    }

    private static SoftwareVersion readVersion(XmlElement result) {
        XmlElement query = result.child(VERSION, "query");
        return query == null
                ? new SoftwareVersion(null, null, null)
                : new SoftwareVersion(text(query, "name"), text(query, "version"), text(query, "os"));
    }

    private static @Nullable String text(XmlElement query, String name) {
        String text = query.childText(name);
        return text == null ? null : Stanzas.cut(text, MAX_TEXT);
    }
}
