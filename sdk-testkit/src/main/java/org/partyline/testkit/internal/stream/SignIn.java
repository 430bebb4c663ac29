package org.partyline.testkit.internal.stream;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.sasl.Mechanisms;
import org.partyline.testkit.internal.sasl.SaslFailure;
import org.partyline.testkit.internal.sasl.SaslServer;
import org.partyline.testkit.internal.sasl.SaslStep;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** The SASL part of a negotiation (RFC 6120 section 6). */
final class SignIn {
    /** Failures after which the stream is closed (section 6.4.2 recommends 2 to 5 tries). */
    private static final int MAX_FAILURES = 5;

    private static final byte[] NOTHING = new byte[0];

    private final Domain domain;
    private final List<String> certified;
    private @Nullable SaslServer exchange;
    private @Nullable Account account;
    private int failures;

    SignIn(Domain domain, List<String> certified) {
        this.domain = domain;
        this.certified = certified;
    }

    /** {@return the list of mechanisms; EXTERNAL only for a client that showed a certificate (XEP-0178 section 2)} */
    XmlElement feature() {
        XmlElement.Builder mechanisms = XmlElement.builder(Ns.SASL, "mechanisms");
        domain.mechanisms().stream()
                .filter(mechanism -> !mechanism.equals(Mechanisms.EXTERNAL) || !certified.isEmpty())
                .forEach(mechanism -> mechanisms.child(
                        XmlElement.builder(Ns.SASL, "mechanism").text(mechanism).build()));
        return mechanisms.build();
    }

    /** {@return who signed in, or null while nobody has} */
    @Nullable
    Account account() {
        return account;
    }

    boolean hasFailedTooOften() {
        return failures >= MAX_FAILURES;
    }

    /** {@return what answers an element of the SASL namespace} */
    XmlElement respond(XmlElement element) {
        try {
            return switch (element.name()) {
                case "auth" -> auth(element);
                case "response" -> proceed(current(), decoded(element.text()));
                case "abort" -> throw new SaslFailure("aborted");
                default -> throw new SaslFailure("malformed-request");
            };
        } catch (SaslFailure failure) {
            failures++;
            exchange = null;
            return XmlElement.builder(Ns.SASL, "failure")
                    .child(XmlElement.of(Ns.SASL, failure.condition()))
                    .build();
        }
    }

    private XmlElement auth(XmlElement element) throws SaslFailure {
        String mechanism = element.attribute("mechanism");
        SaslServer started = mechanism == null || !domain.mechanisms().contains(mechanism)
                ? null
                : Mechanisms.start(mechanism, domain.name(), domain, certified);
        if (started == null) {
            throw new SaslFailure("invalid-mechanism");
        }
        exchange = started;
        String initial = element.text();
        if (initial.isEmpty()) {
            // Every mechanism here begins with the client, so it is asked to (RFC 4422 section 5).
            return XmlElement.of(Ns.SASL, "challenge");
        }
        return proceed(started, decoded(initial));
    }

    private SaslServer current() throws SaslFailure {
        if (exchange == null) {
            throw new SaslFailure("malformed-request");
        }
        return exchange;
    }

    private XmlElement proceed(SaslServer current, byte[] message) throws SaslFailure {
        SaslStep step = current.respond(message);
        String user = step.user();
        if (user == null) {
            return withData("challenge", step.data());
        }
        account = domain.account(user);
        if (account == null) {
            throw new SaslFailure("not-authorized");
        }
        return withData("success", step.data());
    }

    private static XmlElement withData(String name, byte[] data) {
        return XmlElement.builder(Ns.SASL, name)
                .text(Base64.getEncoder().encodeToString(data))
                .build();
    }

    private static byte[] decoded(String text) throws SaslFailure {
        if (text.equals("=") || text.isEmpty()) {
            return NOTHING;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new SaslFailure("incorrect-encoding");
        }
    }
}
