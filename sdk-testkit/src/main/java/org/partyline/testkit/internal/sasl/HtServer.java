package org.partyline.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;

/** The mechanisms of hashed tokens (draft-schmaus-kitten-sasl-ht-09), by SHA-256. */
public final class HtServer implements SaslServer {
    private static final String PREFIX = "HT-SHA-256-";
    private static final String NONE = "NONE";
    private static final byte[] NOTHING = {};
    /** The endings of the names, and what each binds to, strongest first. */
    private static final Map<String, String> BOUND = bound();

    private final String mechanism;
    private final byte[] binding;
    private final SaslContext context;
    private final FastAttempt attempt;

    private HtServer(String mechanism, byte[] binding, SaslContext context, FastAttempt attempt) {
        this.mechanism = mechanism;
        this.binding = binding;
        this.context = context;
        this.attempt = attempt;
    }

    private static Map<String, String> bound() {
        Map<String, String> bound = new LinkedHashMap<>();
        bound.put("EXPR", "tls-exporter");
        bound.put("UNIQ", "tls-unique");
        bound.put("ENDP", "tls-server-end-point");
        return bound;
    }

    /** {@return the names of the mechanisms that a connection with these bindings has, strongest first} */
    public static List<String> mechanisms(Map<String, byte[]> bindings) {
        List<String> names = new ArrayList<>();
        BOUND.forEach((ending, type) -> {
            if (bindings.containsKey(type)) {
                names.add(PREFIX + ending);
            }
        });
        names.add(PREFIX + NONE);
        return names;
    }

    /** {@return whether there is a mechanism of this name, on whatever connection} */
    public static boolean isName(String name) {
        String ending = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
        return ending.equals(NONE) || BOUND.containsKey(ending);
    }

    /** {@return a sign-in by a token, or null if the connection has no such mechanism} */
    static @Nullable SaslServer start(String mechanism, SaslContext context) throws SaslFailure {
        if (!isName(mechanism)) {
            return null;
        }
        FastAttempt attempt = context.fast();
        if (attempt == null) {
            throw SaslFailure.malformed();
        }
        String type = BOUND.get(mechanism.substring(PREFIX.length()));
        byte[] binding = type == null ? NOTHING : context.offer().bindings().get(type);
        return binding == null ? null : new HtServer(mechanism, binding, context, attempt);
    }

    /** The message is {@code authcid NUL hash}. */
    @Override
    public SaslStep respond(byte[] message) throws SaslFailure {
        int end = 0;
        while (end < message.length && message[end] != 0) {
            end++;
        }
        if (end == 0 || end == message.length) {
            throw SaslFailure.malformed();
        }
        String user = Address.bare(new String(message, 0, end, StandardCharsets.UTF_8), "")
                .local();
        byte[] hash = Arrays.copyOfRange(message, end + 1, message.length);
        if (context.from() == null || !context.from().local().equals(user)) {
            throw SaslFailure.notAuthorized();
        }
        for (FastToken token : context.users().tokens(user, attempt.client())) {
            if (token.mechanism().equals(mechanism) && MessageDigest.isEqual(hash, keyed(token, "Initiator"))) {
                accept(user, token);
                return SaslStep.success(user, keyed(token, "Responder"));
            }
        }
        throw SaslFailure.notAuthorized();
    }

    private void accept(String user, FastToken token) throws SaslFailure {
        if (!Instant.now().isBefore(token.expiry())) {
            throw new SaslFailure("credentials-expired");
        }
        Long count = attempt.count();
        if (count != null) {
            if (!token.isNew(count)) {
                throw SaslFailure.notAuthorized();
            }
            token.count(count);
        }
        context.users().tokenUsed(user, attempt.client(), token);
    }

    private byte[] keyed(FastToken token, String role) {
        byte[] label = role.getBytes(StandardCharsets.US_ASCII);
        byte[] data = Arrays.copyOf(label, label.length + binding.length);
        System.arraycopy(binding, 0, data, label.length, binding.length);
        return ScramKeys.hmac(ScramHash.SHA_256, token.secret().getBytes(StandardCharsets.UTF_8), data);
    }
}
