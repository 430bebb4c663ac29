package org.partyline.testkit.internal.stream;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.sasl.FastToken;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** What a client can have done about tokens with its sign-in (XEP-0484). */
final class FastWishes {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private final StreamHub hub;
    private final SignIn signIn;

    FastWishes(StreamHub hub, SignIn signIn) {
        this.hub = hub;
        this.signIn = signIn;
    }

    /** {@return what says which mechanisms there are for tokens, or null if there are none} */
    @Nullable
    XmlElement feature() {
        List<String> mechanisms = signIn.fast();
        if (mechanisms.isEmpty()) {
            return null;
        }
        XmlElement.Builder feature = XmlElement.builder(Ns.FAST, "fast");
        mechanisms.forEach(each -> feature.textChild("mechanism", each));
        return feature.build();
    }

    /** {@return the token that the client gets, or null if it gets none} */
    @Nullable
    XmlElement fulfil(Account account, Sasl2Request request) {
        String client = request.client();
        if (client == null || account.isTemporary()) {
            return null;
        }
        FastToken used = request.token() == null ? null : used(account, client);
        XmlElement fast = request.element().child(Ns.FAST, "fast");
        boolean given = fast != null && Sasl2Request.isTrue(fast.attribute("invalidate"));
        if (used != null && given) {
            account.tokens().invalidate(client, used);
        }
        String wanted = wanted(request);
        if (wanted == null && used != null && !given && isOld(used)) {
            wanted = used.mechanism();
        }
        return wanted == null ? null : issue(account, client, wanted);
    }

    /** The token that was just used is the one in use, or the newest, by the same mechanism. */
    private static @Nullable FastToken used(Account account, String client) {
        List<FastToken> tokens = account.tokens().of(client);
        return tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    }

    private boolean isOld(FastToken token) {
        return !Instant.now()
                .isBefore(token.issued().plus(hub.settings().signIn().tokenRotation()));
    }

    private @Nullable String wanted(Sasl2Request request) {
        XmlElement wish = request.element().child(Ns.FAST, "request-token");
        String mechanism = wish == null ? null : wish.attribute("mechanism");
        return mechanism != null && signIn.fast().contains(mechanism) ? mechanism : null;
    }

    private XmlElement issue(Account account, String client, String mechanism) {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Instant now = Instant.now();
        Instant expiry = now.plus(hub.settings().signIn().tokenLife());
        account.tokens().issue(client, new FastToken(secret, mechanism, now, expiry));
        hub.statistics().tokenIssued();
        return XmlElement.builder(Ns.FAST, "token")
                .attribute("token", secret)
                .attribute("expiry", expiry.truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
    }
}
