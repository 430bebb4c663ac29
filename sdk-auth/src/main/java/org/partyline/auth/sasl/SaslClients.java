package org.partyline.auth.sasl;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.Credentials;

/**
 * Chooses the strongest mechanism of an account and starts it. One object per account: it keeps the salted SCRAM keys
 * that spare later sign-ins the key derivation, in memory only, until {@link #close()}. Safe for use by many threads.
 *
 * <p>Strongest first: SCRAM-SHA-512, SCRAM-SHA-256, SCRAM-SHA-1, and PLAIN where it is allowed. DIGEST-MD5, CRAM-MD5 and
 * LOGIN are never used.
 */
public final class SaslClients implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 18;
    private static final int MOST_NAMED = 32;

    private final @Nullable String username;
    private final Credentials credentials;
    private final SaslOptions options;
    private final ScramKeys.Cache cache = new ScramKeys.Cache();

    /**
     * Prepares sign-ins of one account. Nothing is asked of the credentials yet.
     *
     * @param username the authentication identity (the account's local part), or null where the credentials need none
     * @param credentials what proves it
     * @param options what is accepted
     */
    public SaslClients(@Nullable String username, Credentials credentials, SaslOptions options) {
        this.username = username;
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Starts the strongest mechanism that is offered, allowed, and usable with the credentials.
     *
     * @param offered the server's list
     * @param tlsVerified whether the stream is under TLS whose certificate was verified
     * @return a client for one run
     * @throws SaslException with {@link SaslException.Reason#NO_MECHANISM} if there is none; the message names what was
     *     offered and why each was passed over
     */
    public SaslClient start(Collection<String> offered, boolean tlsVerified) throws SaslException {
        Set<String> names = new LinkedHashSet<>(offered);
        SaslClient client;
        if (credentials instanceof Credentials.Password password) {
            client = startWithPassword(names, tlsVerified, password);
        } else if (credentials instanceof Credentials.Certificate) {
            client = names.contains("EXTERNAL") && tlsVerified ? SimpleClient.external() : null;
        } else {
            client = names.contains("ANONYMOUS") ? SimpleClient.anonymous() : null;
        }
        if (client == null) {
            throw new SaslException(SaslException.Reason.NO_MECHANISM, passedOver(names, tlsVerified));
        }
        return client;
    }

    private @Nullable SaslClient startWithPassword(
            Set<String> offered, boolean tlsVerified, Credentials.Password password) throws SaslException {
        String name = username;
        if (name == null) {
            throw new SaslException(SaslException.Reason.CREDENTIALS_UNUSABLE, "a password needs a user name");
        }
        for (ScramHash hash : ScramHash.values()) {
            if (offered.contains(hash.mechanism())) {
                return new ScramClient(hash, name, password, options, cache, nonce());
            }
        }
        return offered.contains("PLAIN") && options.allowPlain() && tlsVerified
                ? SimpleClient.plain(name, password)
                : null;
    }

    private static String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return Base64.getEncoder().withoutPadding().encodeToString(nonce);
    }

    private String passedOver(Set<String> offered, boolean tlsVerified) {
        StringJoiner reasons = new StringJoiner(", ");
        offered.stream().limit(MOST_NAMED).forEach(name -> reasons.add(reason(name, tlsVerified)));
        if (offered.size() > MOST_NAMED) {
            reasons.add((offered.size() - MOST_NAMED) + " more");
        }
        return "no usable sign-in mechanism for " + credentials + "; the server offers "
                + (offered.isEmpty() ? "none" : reasons);
    }

    private String reason(String name, boolean tlsVerified) {
        if (!isMechanismName(name)) {
            return "a name that is none";
        }
        boolean password = credentials instanceof Credentials.Password;
        return name
                + switch (name) {
                    case "PLAIN" ->
                        !password
                                ? " (needs a password)"
                                : !options.allowPlain()
                                        ? " (not allowed by the options)"
                                        : tlsVerified ? "" : " (not without verified TLS)";
                    case "EXTERNAL" ->
                        credentials instanceof Credentials.Certificate
                                ? " (not without verified TLS)"
                                : " (needs a certificate)";
                    case "ANONYMOUS" -> " (needs anonymous credentials)";
                    case "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1" -> " (needs a password)";
                    default -> " (not supported)";
                };
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

    /** Wipes the kept keys. */
    @Override
    public void close() {
        cache.close();
    }
}
