package org.partyline.testkit.internal.stream;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.sasl.Mechanisms;
import org.partyline.testkit.internal.sasl.SaslContext;
import org.partyline.testkit.internal.sasl.SaslFailure;
import org.partyline.testkit.internal.sasl.SaslServer;
import org.partyline.testkit.internal.sasl.SaslStep;
import org.partyline.testkit.internal.xmpp.Address;

/** The sign-in of one stream, whichever of the two profiles carries it. */
final class SignIn {
    /** Failures after which the stream is closed (RFC 6120 section 6.4.2 recommends 2 to 5 tries). */
    private static final int MAX_FAILURES = 5;

    private static final byte[] NOTHING = new byte[0];

    private final Domain domain;
    private final List<String> certified;
    private final @Nullable Address from;
    private @Nullable SaslServer exchange;
    private @Nullable Account account;
    private String mechanism = "";
    private int failures;

    /**
     * Begins nothing yet.
     *
     * @param domain the domain that is signed in to
     * @param certified the addresses that the client's certificate names
     * @param from whom the client claims to be, or null
     */
    SignIn(Domain domain, List<String> certified, @Nullable Address from) {
        this.domain = domain;
        this.certified = certified;
        this.from = from;
    }

    /** {@return the mechanisms on offer; EXTERNAL only for a client that showed a certificate (XEP-0178 section 2)} */
    List<String> mechanisms() {
        return domain.mechanisms().stream()
                .filter(each -> !each.equals(Mechanisms.EXTERNAL) || !certified.isEmpty())
                .toList();
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

    boolean isUnderWay() {
        return exchange != null;
    }

    /** Counts a failure, and forgets the exchange. */
    void failed() {
        failures++;
        exchange = null;
    }

    boolean hasFailedTooOften() {
        return failures >= MAX_FAILURES;
    }

    /**
     * Begins an exchange.
     *
     * @param wanted the mechanism that the client names, or null if it names none
     * @param initial what the client said with it, or null for nothing
     * @return the server's answer, or null if it is the client's turn: every mechanism here begins with the client
     */
    @Nullable
    SaslStep begin(@Nullable String wanted, byte @Nullable [] initial) throws SaslFailure {
        SaslServer started = wanted == null || !mechanisms().contains(wanted)
                ? null
                : Mechanisms.start(wanted, new SaslContext(domain.name(), domain, certified, from));
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
