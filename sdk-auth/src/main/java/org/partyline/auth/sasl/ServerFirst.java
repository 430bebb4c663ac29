package org.partyline.auth.sasl;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server's first SCRAM message (RFC 5802 section 7), read by its grammar and no more loosely: {@code r=}, {@code s=},
 * {@code i=} in this order, extensions only after them, a mandatory extension ({@code m=}) never.
 */
final class ServerFirst {
    private static final int MAX_NONCE = 256;
    private static final int MIN_SALT = 8;
    private static final int MAX_SALT = 1024;

    private final String nonce;
    private final byte[] salt;
    private final int iterations;
    private final @Nullable String listsHash;

    private ServerFirst(String nonce, byte[] salt, int iterations, @Nullable String listsHash) {
        this.nonce = nonce;
        this.salt = salt;
        this.iterations = iterations;
        this.listsHash = listsHash;
    }

    /** {@return ours followed by the server's} */
    String nonce() {
        return nonce;
    }

    /** {@return 8 to 1,024 bytes} */
    byte[] salt() {
        return salt;
    }

    /** {@return within the bounds of the options} */
    int iterations() {
        return iterations;
    }

    /** {@return the hash of what the server had offered, in base64 (XEP-0474), or null if it sent none} */
    @Nullable
    String listsHash() {
        return listsHash;
    }

    static ServerFirst parse(String message, String clientNonce, SaslOptions options) throws SaslException {
        String[] parts = message.split(",", -1);
        if (parts.length < 3
                || !parts[0].startsWith("r=")
                || !parts[1].startsWith("s=")
                || !parts[2].startsWith("i=")) {
            throw bad("it is not r=, s=, i= in this order");
        }
        String listsHash = null;
        for (int i = 3; i < parts.length; i++) {
            boolean repeatsHash = listsHash != null && parts[i].startsWith("h=");
            if (parts[i].length() < 2
                    || parts[i].charAt(1) != '='
                    || "rsiemvnpc".indexOf(parts[i].charAt(0)) >= 0
                    || repeatsHash) {
                throw bad("an extension is malformed, or repeats an attribute");
            }
            if (parts[i].startsWith("h=")) {
                listsHash = parts[i].substring(2);
            }
        }
        return new ServerFirst(
                nonce(parts[0].substring(2), clientNonce),
                salt(parts[1].substring(2)),
                iterations(parts[2].substring(2), options),
                listsHash);
    }

    private static String nonce(String nonce, String clientNonce) throws SaslException {
        if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length() || nonce.length() > MAX_NONCE) {
            throw bad("the nonce does not extend ours, or is too long");
        }
        for (int i = 0; i < nonce.length(); i++) {
            if (nonce.charAt(i) < 0x21 || nonce.charAt(i) > 0x7E) {
                throw bad("the nonce is not printable ASCII");
            }
        }
        return nonce;
    }

    static byte[] salt(String base64) throws SaslException {
        byte[] salt;
        try {
            salt = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw bad("the salt is not base64");
        }
        // The decoder takes missing padding, which the grammar does not.
        if (base64.length() % 4 != 0 || salt.length < MIN_SALT || salt.length > MAX_SALT) {
            throw bad("the salt is not base64 of " + MIN_SALT + " to " + MAX_SALT + " bytes");
        }
        return salt;
    }

    static int iterations(String digits, SaslOptions options) throws SaslException {
        boolean number = !digits.isEmpty() && digits.length() <= 10 && digits.charAt(0) != '0';
        for (int i = 0; number && i < digits.length(); i++) {
            number = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        long iterations = number ? Long.parseLong(digits) : -1;
        if (iterations < options.minIterations() || iterations > options.maxIterations()) {
            throw bad("the iteration count is not a number from " + options.minIterations() + " to "
                    + options.maxIterations());
        }
        return (int) iterations;
    }

    /** {@return what the derived keys depend on, besides the password} */
    String saltKey(ScramHash hash) {
        return hash.mechanism() + ' ' + iterations + ' ' + Base64.getEncoder().encodeToString(salt);
    }

    private static SaslException bad(String what) {
        return new SaslException(SaslException.Reason.BAD_CHALLENGE, "the server's first message: " + what);
    }
}
