package org.partyline.auth.sasl;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;
import org.partyline.auth.credentials.Credentials;

/** Says why each of a server's mechanisms was passed over. */
final class PassedOver {
    private static final int MOST_NAMED = 32;

    private PassedOver() {}

    static String describe(
            Collection<String> offered,
            Credentials credentials,
            SaslOptions options,
            boolean tlsVerified,
            boolean pinnedAbovePlain) {
        Set<String> names = new LinkedHashSet<>(offered);
        StringJoiner reasons = new StringJoiner(", ");
        names.stream()
                .limit(MOST_NAMED)
                .forEach(name -> reasons.add(reason(name, credentials, options, tlsVerified, pinnedAbovePlain)));
        if (names.size() > MOST_NAMED) {
            reasons.add((names.size() - MOST_NAMED) + " more");
        }
        return "no usable sign-in mechanism for " + credentials + "; the server offers "
                + (names.isEmpty() ? "none" : reasons);
    }

    private static String reason(
            String name, Credentials credentials, SaslOptions options, boolean tlsVerified, boolean pinnedAbovePlain) {
        if (!isMechanismName(name)) {
            return "a name that is none";
        }
        return name
                + switch (name) {
                    case "PLAIN" ->
                        !(credentials instanceof Credentials.Password)
                                ? " (needs a password)"
                                : plain(options, tlsVerified, pinnedAbovePlain);
                    case "EXTERNAL" ->
                        credentials instanceof Credentials.Certificate
                                ? " (not without verified TLS)"
                                : " (needs a certificate)";
                    case "ANONYMOUS" -> " (needs anonymous credentials)";
                    case BearerClient.MECHANISM ->
                        credentials instanceof Credentials.Token
                                ? " (not without verified TLS)"
                                : " (needs a bearer token)";
                    default ->
                        ScramHash.isScram(name)
                                ? credentials instanceof Credentials.Password
                                        ? " (its channel binding is not to be had)"
                                        : " (needs a password)"
                                : " (not supported)";
                };
    }

    private static String plain(SaslOptions options, boolean tlsVerified, boolean pinnedAbovePlain) {
        if (pinnedAbovePlain) {
            return " (weaker than what this account signed in with before)";
        }
        if (!options.allowPlain() || options.requireChannelBinding()) {
            return " (not allowed by the options)";
        }
        return tlsVerified ? "" : " (not without verified TLS)";
    }

    /** RFC 4422 section 3.1: what comes from the server is shown only if it is no more than a name. */
    private static boolean isMechanismName(String name) {
        if (name.isEmpty() || name.length() > 20) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
