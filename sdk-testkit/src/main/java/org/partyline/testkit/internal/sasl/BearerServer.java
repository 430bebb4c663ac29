package org.partyline.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;

/** OAUTHBEARER (RFC 7628). A token that is refused is told in JSON first; the failure follows the client's word on it. */
final class BearerServer implements SaslServer {
    private static final String SEPARATOR = "\u0001";
    private static final String AUTH = "auth=";
    private static final String SCHEME = "bearer ";
    private static final byte[] REFUSAL =
            "{\"status\":\"invalid_token\",\"schemes\":\"bearer\"}".getBytes(StandardCharsets.US_ASCII);

    private final SaslContext context;
    private boolean refused;

    BearerServer(SaslContext context) {
        this.context = context;
    }

    @Override
    public SaslStep respond(byte[] message) throws SaslFailure {
        if (refused) {
            // Section 3.2.3: the client says nothing but a separator.
            boolean asItShould = message.length == 1 && message[0] == 1;
            throw asItShould ? SaslFailure.notAuthorized() : SaslFailure.malformed();
        }
        String text = new String(message, StandardCharsets.UTF_8);
        int header = text.indexOf(SEPARATOR);
        if (header < 0 || !text.endsWith(SEPARATOR + SEPARATOR)) {
            throw SaslFailure.malformed();
        }
        String user = user(text.substring(0, header));
        String token = token(text.substring(header + 1, text.length() - 1));
        if (user == null || token == null) {
            throw SaslFailure.malformed();
        }
        if (context.users().exists(user) && context.users().isBearer(user, token)) {
            return SaslStep.success(user, new byte[0]);
        }
        refused = true;
        return SaslStep.challenge(REFUSAL);
    }

    /** {@return who the header of RFC 5801 section 4 names or, where it names nobody, whose stream it is} */
    private @Nullable String user(String header) throws SaslFailure {
        String[] parts = header.split(",", -1);
        if (parts.length != 3 || !parts[2].isEmpty() || !(parts[0].equals("n") || parts[0].equals("y"))) {
            throw SaslFailure.malformed();
        }
        if (parts[1].isEmpty()) {
            return context.from() == null ? null : context.from().local();
        }
        if (!parts[1].startsWith("a=")) {
            throw SaslFailure.malformed();
        }
        String name = parts[1].substring(2).replace("=2C", ",").replace("=3D", "=");
        Address address = Address.parse(name);
        if (address == null) {
            throw SaslFailure.malformed();
        }
        context.requireOwn(name, address.local());
        return address.local();
    }

    private static @Nullable String token(String pairs) {
        for (String pair : pairs.split(SEPARATOR, -1)) {
            if (pair.startsWith(AUTH) && pair.toLowerCase(Locale.ROOT).startsWith(SCHEME, AUTH.length())) {
                return pair.substring(AUTH.length() + SCHEME.length()).strip();
            }
        }
        return null;
    }
}
