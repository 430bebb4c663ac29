package org.partyline.testkit.internal.stream;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.sasl.FastAttempt;
import org.partyline.testkit.internal.sasl.SaslFailure;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/**
 * What a client asks for when it begins a sign-in (XEP-0388 section 2.3).
 *
 * @param mechanism the mechanism that it names, or null if it names none
 * @param initialResponse what it says with it, or null for nothing
 * @param client the id of the installation, or null
 * @param token what comes with a token, or null if no token is used
 * @param element all of it, with whatever is to be done with the sign-in
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sasl2Request(
        @Nullable String mechanism,
        byte @Nullable [] initialResponse,
        @Nullable String client,
        @Nullable FastAttempt token,
        XmlElement element) {
    /** A UUID of version 4, which is what the id of an installation must be. */
    private static final Pattern UUID_4 = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    /** A positive integer (XEP-0484 section 3.3), of a size that can be counted to. */
    private static final Pattern COUNT = Pattern.compile("0*[1-9][0-9]{0,17}");

    static Sasl2Request of(XmlElement element) throws SaslFailure {
        String initial = element.childText("initial-response");
        XmlElement agent = element.child(Ns.SASL2, "user-agent");
        String client = agent == null ? null : agent.attribute("id");
        if (client != null && !UUID_4.matcher(client).matches()) {
            throw new SaslFailure("malformed-request");
        }
        return new Sasl2Request(
                element.attribute("mechanism"),
                initial == null ? null : SignIn.decoded(initial),
                client,
                token(element, client),
                element);
    }

    private static @Nullable FastAttempt token(XmlElement element, @Nullable String client) throws SaslFailure {
        XmlElement fast = element.child(Ns.FAST, "fast");
        if (fast == null) {
            return null;
        }
        String count = fast.attribute("count");
        if (client == null || (count != null && !COUNT.matcher(count).matches())) {
            throw new SaslFailure("malformed-request");
        }
        return new FastAttempt(client, count == null ? null : Long.valueOf(count));
    }

    /** {@return whether an attribute of the element says yes} */
    static boolean isTrue(@Nullable String value) {
        return "true".equals(value) || "1".equals(value);
    }

    @Override
    public String toString() {
        return "Sasl2Request[" + mechanism + ", ***]";
    }
}
