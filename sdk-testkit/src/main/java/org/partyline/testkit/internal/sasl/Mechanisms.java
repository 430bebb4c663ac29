package org.partyline.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;

/** The mechanisms that the network has. */
public final class Mechanisms {
    public static final String PLAIN = "PLAIN";
    public static final String EXTERNAL = "EXTERNAL";
    public static final String ANONYMOUS = "ANONYMOUS";

    /** Strongest first. */
    public static final List<String> ALL = all();

    /** What is offered where nothing else is said. */
    public static final List<String> DEFAULT =
            List.of(ScramHash.SHA_512.mechanism(), ScramHash.SHA_256.mechanism(), ScramHash.SHA_1.mechanism(), PLAIN);

    private Mechanisms() {}

    private static List<String> all() {
        List<String> names = new ArrayList<>();
        names.add(EXTERNAL);
        names.addAll(List.of(
                ScramHash.SHA_512.mechanism(), ScramHash.SHA_256.mechanism(), ScramHash.SHA_1.mechanism(), PLAIN));
        names.add(ANONYMOUS);
        return List.copyOf(names);
    }

    /**
     * {@return a sign-in by this mechanism, or null if there is no such mechanism}
     *
     * @param mechanism its name
     * @param context what it is told
     */
    public static @Nullable SaslServer start(String mechanism, SaslContext context) {
        for (ScramHash hash : ScramHash.values()) {
            if (hash.mechanism().equals(mechanism)) {
                return new ScramServer(hash, context);
            }
        }
        return switch (mechanism) {
            case PLAIN -> message -> plain(message, context);
            case EXTERNAL -> message -> external(message, context);
            case ANONYMOUS -> message -> SaslStep.success(context.users().createAnonymous(), new byte[0]);
            default -> null;
        };
    }

    /** RFC 4616: {@code [authzid] NUL authcid NUL passwd}. */
    private static SaslStep plain(byte[] message, SaslContext context) throws SaslFailure {
        String[] parts = new String(message, StandardCharsets.UTF_8).split("\0", -1);
        if (parts.length != 3) {
            throw SaslFailure.malformed();
        }
        String user = Address.bare(parts[1], "").local();
        String password = context.users().password(user);
        if (password == null
                || !MessageDigest.isEqual(
                        password.getBytes(StandardCharsets.UTF_8), parts[2].getBytes(StandardCharsets.UTF_8))) {
            throw SaslFailure.notAuthorized();
        }
        context.requireOwn(parts[0], user);
        return SaslStep.success(user, new byte[0]);
    }

    /** RFC 4422 appendix A, with the rules of XEP-0178 section 2. */
    private static SaslStep external(byte[] message, SaslContext context) throws SaslFailure {
        String wanted = new String(message, StandardCharsets.UTF_8);
        List<Address> candidates = new ArrayList<>();
        for (String name : context.certified()) {
            Address address = Address.parse(name);
            if (address != null
                    && !address.isFull()
                    && address.domain().equals(context.domain())
                    && context.users().exists(address.local())
                    && (wanted.isEmpty() || address.equals(Address.parse(wanted)))) {
                candidates.add(address);
            }
        }
        if (candidates.size() != 1) {
            throw new SaslFailure(wanted.isEmpty() ? "not-authorized" : "invalid-authzid");
        }
        return SaslStep.success(candidates.get(0).local(), new byte[0]);
    }
}
