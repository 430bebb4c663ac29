package org.partyline.xmpp.internal.negotiation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.sasl.SaslClient;
import org.partyline.auth.sasl.SaslClients;
import org.partyline.auth.sasl.SaslException;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.negotiation.Sasl2Offer.Inline;
import org.partyline.xmpp.internal.sm.SmElements;
import org.partyline.xmpp.internal.sm.SmSession;

/**
 * Signs in by XEP-0388, and lets the sign-in carry what the server takes with it: resumption of the session before, or the
 * binding of a new one with all that is switched on in it (XEP-0386); a token for the next time (XEP-0484); and tasks
 * (XEP-0480). May begin before the server has offered it, where a token from an earlier sign-in says that it will.
 */
final class Sasl2Step implements Step {
    private final Negotiation negotiation;
    private final TlsSession session;
    private final TlsChannel channel;
    private final SaslRun run;
    /** What the server offers, or null while it has not been heard of. */
    private final @Nullable Sasl2Offer offer;

    private final Inline inline;
    private final UpgradeTasks tasks;
    private Sasl2Request request = Sasl2Request.NONE;
    private boolean verified;
    private boolean heardFeatures;

    /** Signs in by what the server offers. */
    Sasl2Step(Negotiation negotiation, TlsSession session, Sasl2Offer offer) {
        this(negotiation, session, offer, offer.inline(), null);
        heardFeatures = true;
    }

    /** Signs in by a token, before the server has offered anything on this stream. */
    static Sasl2Step unasked(Negotiation negotiation, TlsSession session, SaslClient token, List<String> inline) {
        return new Sasl2Step(negotiation, session, null, Inline.ofNames(inline), token);
    }

    private Sasl2Step(
            Negotiation negotiation,
            TlsSession session,
            @Nullable Sasl2Offer offer,
            Inline inline,
            @Nullable SaslClient token) {
        this.negotiation = negotiation;
        this.session = session;
        this.channel = new TlsChannel(session);
        this.offer = offer;
        this.inline = inline;
        this.run = new SaslRun(negotiation);
        this.tasks = new UpgradeTasks(negotiation, run);
        if (token != null) {
            run.client(token);
        }
    }

    @Override
    public String awaited() {
        return "sign-in";
    }

    @Override
    public void start() {
        if (offer == null) {
            startUnasked();
        } else {
            run.work(() -> choose(offer));
        }
    }

    private void startUnasked() {
        SaslClient token = run.client();
        try {
            byte[] initial = token == null ? null : token.initialResponse();
            if (token != null) {
                request = Sasl2Request.byToken(
                        token, inline, negotiation.settings().mechanisms().clientId());
                negotiation.send(request.element(initial, negotiation));
            }
        } catch (SaslException e) {
            run.fail("credentials-unusable", String.valueOf(e.getMessage()), e);
        }
    }

    /** Chooses how to sign in. On a worker. */
    private Runnable choose(Sasl2Offer offered) throws SaslException {
        Runnable refusal = run.refusedBeforehand(session);
        if (refusal != null) {
            return refusal;
        }
        SaslClients mechanisms = negotiation.settings().mechanisms();
        SaslClient token = mechanisms.startWithToken(offered.tokenMechanisms(), channel);
        SaslClient started = token != null ? token : mechanisms.start(offered.sasl(), channel);
        run.client(started);
        run.compare(started);
        Sasl2Request made = token != null
                ? Sasl2Request.byToken(started, inline, mechanisms.clientId())
                : new Sasl2Request(
                        started.mechanism(),
                        inline,
                        mechanisms.clientId(),
                        false,
                        mechanisms.tokenMechanism(offered.tokenMechanisms(), channel, started),
                        mechanisms.upgrades(offered.upgrades(), offered.sasl(), started));
        byte[] initial = started.initialResponse();
        return () -> {
            request = made;
            negotiation.send(made.element(initial, negotiation));
        };
    }

    @Override
    public void onElement(XmlElement element) {
        if (!heardFeatures && element.is(StreamFeatures.STREAMS, "features")) {
            heardFeatures = true;
            return;
        }
        if (run.isWorking() || run.client() == null || !element.namespace().equals(Sasl2Offer.NS)) {
            negotiation.unexpected(element);
            return;
        }
        switch (element.name()) {
            case "challenge" -> run.challenge(element.text().strip(), Sasl2Request::response);
            case "continue" -> {
                if (proved(element)) {
                    tasks.next(element, request.upgrades());
                }
            }
            case "task-data" -> tasks.data(element);
            case "success" -> {
                if (proved(element)) {
                    success(element);
                }
            }
            case "failure" -> {
                XmlElement text = element.child(Sasl2Offer.NS, "text");
                run.refused(SaslStep.condition(element), text == null ? null : text.text());
            }
            default -> negotiation.unexpected(element);
        }
    }

    /** The proof comes with the first continuation, or with success, and once. */
    private boolean proved(XmlElement element) {
        XmlElement data = element.child(Sasl2Offer.NS, "additional-data");
        if (!verified) {
            verified = run.verify(data == null ? null : data.text().strip());
        }
        return verified;
    }

    private void success(XmlElement success) {
        SaslClient client = run.client();
        Jid identity = BoundAddress.read(negotiation, success.childText("authorization-identifier"));
        if (client == null || identity == null) {
            return;
        }
        XmlElement resumed = success.child(SmElements.NS, "resumed");
        XmlElement notResumed = success.child(SmElements.NS, "failed");
        XmlElement bound = success.child(Sasl2Offer.BIND, "bound");
        SmSession former = request.former();
        negotiation.signedIn(client, run.isWeaker());
        run.remember(request.token(success));
        if (resumed != null) {
            resumed(former, resumed);
            return;
        }
        if (notResumed != null && former != null) {
            former.refused(SmElements.count(notResumed));
        }
        if (bound == null) {
            negotiation.awaitFeatures();
        } else if (identity.resource() == null || !request.inline().bind()) {
            negotiation.violation("the server bound no address, or one that was not asked for");
        } else {
            XmlElement enabled = bound.child(SmElements.NS, "enabled");
            SmSession begun = enabled == null || !request.managed()
                    ? null
                    : SmSession.begun(enabled, negotiation.connection().loop().nanoTime());
            negotiation.boundInline(identity, begun, request.wishes());
        }
    }

    private void resumed(@Nullable SmSession former, XmlElement resumed) {
        if (former == null) {
            negotiation.violation("the server resumed a session that was not asked for");
        } else {
            negotiation.resumed(null, former, resumed);
        }
    }

    @Override
    public boolean isUnasked() {
        return offer == null;
    }

    @Override
    public void end() {
        run.end();
    }
}
