package org.partyline.testkit.internal.stream;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.sasl.FastAttempt;
import org.partyline.testkit.internal.sasl.HtServer;
import org.partyline.testkit.internal.sasl.Mechanisms;
import org.partyline.testkit.internal.sasl.SaslContext;
import org.partyline.testkit.internal.sasl.SaslFailure;
import org.partyline.testkit.internal.sasl.SaslOffer;
import org.partyline.testkit.internal.sasl.SaslServer;
import org.partyline.testkit.internal.sasl.SaslStep;
import org.partyline.testkit.internal.sasl.ScramHash;
import org.partyline.testkit.internal.xmpp.Address;

/** The sign-in of one stream, whichever of the two profiles carries it. */
final class SignIn {
    /** Failures after which the stream is closed (RFC 6120 section 6.4.2 recommends 2 to 5 tries). */
    private static final int MAX_FAILURES = 5;

    private static final byte[] NOTHING = new byte[0];

    private final Domain domain;
    private final List<String> certified;
    private final @Nullable Address from;
    private final SaslOffer offer;
    private final List<String> fast;
    private @Nullable SaslServer exchange;
    private @Nullable Account account;
    private String mechanism = "";
    private int failures;

    /**
     * Begins nothing yet.
     *
     * @param domain the domain that is signed in to
     * @param settings how clients may sign in
     * @param link the connection
     * @param from whom the client claims to be, or null
     */
    SignIn(Domain domain, SignInSettings settings, Link link, @Nullable Address from) {
        this.domain = domain;
        this.certified = link.certifiedNames();
        this.from = from == null || from.local().isEmpty() ? null : from;
        Map<String, byte[]> bindings = new LinkedHashMap<>();
        for (String type : settings.bindings()) {
            byte[] data = link.channelBinding(type);
            if (data != null) {
                bindings.put(type, data);
            }
        }
        this.offer = new SaslOffer(
                mechanisms(!bindings.isEmpty()), bindings, settings.listsBindings(), settings.protectsOffer());
        // Whose a token is must be known before it is asked for (XEP-0484 section 4.1).
        this.fast = settings.fast() && this.from != null ? HtServer.mechanisms(bindings) : List.of();
    }

    /**
     * What is offered to this client: EXTERNAL only if it showed a certificate (XEP-0178 section 2), SCRAM only where there
     * are keys for it, and binding only where the connection has something to bind to.
     */
    private List<String> mechanisms(boolean bindable) {
        return domain.mechanisms().stream()
                .filter(each -> !each.equals(Mechanisms.EXTERNAL) || !certified.isEmpty())
                .filter(each -> bindable || !each.endsWith(Mechanisms.PLUS))
                .filter(each -> {
                    ScramHash hash = ScramHash.of(each);
                    return hash == null || domain.hasKeys(user(), hash);
                })
                .toList();
    }

    private @Nullable String user() {
        return from == null ? null : from.local();
    }

    /** {@return the hash functions of offered mechanisms that the server has no keys for, but would like to have} */
    List<ScramHash> missing() {
        return domain.mechanisms().stream()
                .map(ScramHash::of)
                .filter(hash -> hash != null && from != null && !domain.hasKeys(user(), hash))
                .distinct()
                .toList();
    }

    Domain domain() {
        return domain;
    }

    SaslOffer offer() {
        return offer;
    }

    /** {@return the mechanisms for tokens that are on offer, strongest first} */
    List<String> fast() {
        return fast;
    }

    /** {@return who signed in, or null while nobody has} */
    @Nullable
    Account account() {
        return account;
    }

    /** {@return by which mechanism} */
    String mechanism() {
        return mechanism;
    }

    /** Counts a failure, and forgets the exchange. */
    void failed() {
        failures++;
        exchange = null;
        account = null;
    }

    boolean hasFailedTooOften() {
        return failures >= MAX_FAILURES;
    }

    /**
     * Begins an exchange.
     *
     * @param wanted the mechanism that the client names, or null if it names none
     * @param initial what the client said with it, or null for nothing
     * @param token what came with a token, or null if no token is used
     * @return the server's answer, or null if it is the client's turn: every mechanism here begins with the client
     */
    @Nullable
    SaslStep begin(@Nullable String wanted, byte @Nullable [] initial, @Nullable FastAttempt token) throws SaslFailure {
        List<String> offered = token == null ? offer.mechanisms() : fast;
        SaslServer started = wanted == null || !offered.contains(wanted)
                ? null
                : Mechanisms.start(wanted, new SaslContext(domain.name(), domain, certified, from, offer, token));
        if (wanted == null || started == null) {
            throw new SaslFailure("invalid-mechanism");
        }
        exchange = started;
        mechanism = wanted;
        return initial == null ? null : proceed(initial);
    }

    /** {@return the server's answer to what the client said next} */
    SaslStep proceed(byte[] message) throws SaslFailure {
        if (exchange == null) {
            throw new SaslFailure("malformed-request");
        }
        SaslStep step = exchange.respond(message);
        String user = step.user();
        if (user != null) {
            account = domain.account(user);
            if (account == null) {
                throw new SaslFailure("not-authorized");
            }
        }
        return step;
    }

    /** {@return the bytes that a text of an element stands for} */
    static byte[] decoded(String text) throws SaslFailure {
        if (text.isEmpty()) {
            return NOTHING;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new SaslFailure("incorrect-encoding");
        }
    }

    static String encoded(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }
}
