package org.partyline.xmpp.internal.negotiation;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.sasl.FastToken;
import org.partyline.auth.sasl.SaslClient;
import org.partyline.session.UserAgent;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.negotiation.Sasl2Offer.Inline;
import org.partyline.xmpp.internal.sm.SmElements;
import org.partyline.xmpp.internal.sm.SmSession;

/** One request to sign in by XEP-0388, with what it carries; and what of the answer only the asker can read. */
final class Sasl2Request {
    /** Nothing was asked for yet. */
    static final Sasl2Request NONE = new Sasl2Request("", Inline.NONE, new UUID(0, 0), false, null, List.of());

    private final String mechanism;
    private final Inline inline;
    private final UUID clientId;
    private final boolean byToken;
    private final @Nullable String tokenMechanism;
    private final List<String> upgrades;
    private final Set<String> wishes = new HashSet<>();
    private @Nullable SmSession former;
    private boolean managed;

    /**
     * @param mechanism the mechanism
     * @param inline what the server takes with a sign-in
     * @param clientId this installation's id
     * @param byToken whether the mechanism proves a token of the server's
     * @param tokenMechanism the mechanism to ask a token for, or null
     * @param upgrades the tasks to ask for
     */
    Sasl2Request(
            String mechanism,
            Inline inline,
            UUID clientId,
            boolean byToken,
            @Nullable String tokenMechanism,
            List<String> upgrades) {
        this.mechanism = mechanism;
        this.inline = inline;
        this.clientId = clientId;
        this.byToken = byToken;
        this.tokenMechanism = tokenMechanism;
        this.upgrades = upgrades;
    }

    static Sasl2Request byToken(SaslClient token, Inline inline, UUID clientId) {
        return new Sasl2Request(token.mechanism(), inline, clientId, true, null, List.of());
    }

    Inline inline() {
        return inline;
    }

    List<String> upgrades() {
        return upgrades;
    }

    /** {@return the session that was asked to be resumed, or null} */
    @Nullable
    SmSession former() {
        return former;
    }

    /** {@return whether stream management was asked for} */
    boolean managed() {
        return managed;
    }

    /** {@return the namespaces of what features asked to be switched on} */
    Set<String> wishes() {
        return wishes;
    }

    /** {@return the request's element. Loop only} */
    XmlElement element(byte @Nullable [] initial, Negotiation negotiation) {
        XmlElement.Builder request =
                XmlElement.builder(Sasl2Offer.NS, "authenticate").attribute("mechanism", mechanism);
        for (String task : upgrades) {
            request.child(
                    XmlElement.builder(Sasl2Offer.UPGRADE, "upgrade").text(task).build());
        }
        if (initial != null) {
            request.textChild("initial-response", Base64.getEncoder().encodeToString(initial));
        }
        request.child(userAgent(negotiation.settings().signIn().userAgent()));
        SmSession before = inline.resume() ? negotiation.former() : null;
        if (before != null) {
            former = before;
            request.child(SmElements.resume(before));
        }
        if (inline.bind()) {
            request.child(bind(negotiation));
        }
        if (byToken) {
            request.child(XmlElement.of(Sasl2Offer.FAST, "fast"));
        }
        if (tokenMechanism != null) {
            request.child(XmlElement.builder(Sasl2Offer.FAST, "request-token")
                    .attribute("mechanism", tokenMechanism)
                    .build());
        }
        return request.build();
    }

    private XmlElement userAgent(UserAgent agent) {
        return XmlElement.builder(Sasl2Offer.NS, "user-agent")
                .attribute("id", clientId.toString())
                .textChild("software", agent.software())
                .textChild("device", agent.device())
                .build();
    }

    private XmlElement bind(Negotiation negotiation) {
        XmlElement.Builder bind = XmlElement.builder(Sasl2Offer.BIND, "bind")
                .textChild("tag", negotiation.settings().resource());
        managed = inline.features().contains(SmElements.NS);
        if (managed) {
            bind.child(SmElements.enable());
        }
        for (XmlElement wish : negotiation.settings().inlineWishes().apply(inline.features())) {
            wishes.add(wish.namespace());
            bind.child(wish);
        }
        return bind.build();
    }

    static XmlElement response(byte[] answer) {
        return XmlElement.builder(Sasl2Offer.NS, "response")
                .text(Base64.getEncoder().encodeToString(answer))
                .build();
    }

    /** {@return the token that came with success (XEP-0484 section 4.3), or null if there is none that can be used} */
    @Nullable
    FastToken token(XmlElement success) {
        XmlElement token = success.child(Sasl2Offer.FAST, "token");
        String secret = token == null ? null : token.attribute("token");
        Instant expiry = token == null ? null : expiry(token.attribute("expiry"));
        String good = tokenMechanism != null ? tokenMechanism : byToken ? mechanism : null;
        if (secret == null || expiry == null || good == null) {
            return null;
        }
        List<String> names = new ArrayList<>(inline.names());
        return FastToken.of(good, clientId, expiry, names, secret.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Instant expiry(@Nullable String stamp) {
        try {
            return stamp == null || stamp.length() > 40
                    ? null
                    : OffsetDateTime.parse(stamp).toInstant();
        } catch (DateTimeException e) {
            // A token of which nobody knows how long it lasts is not kept.
            return null;
        }
    }
}
