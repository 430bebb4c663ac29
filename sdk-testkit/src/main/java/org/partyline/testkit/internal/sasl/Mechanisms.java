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

    public static final String OAUTHBEARER = "OAUTHBEARER";

    /** The ending of mechanisms that bind a sign-in to its connection. */
    public static final String PLUS = "-PLUS";

    /** What is offered where nothing else is said, strongest first. */
    public static final List<String> DEFAULT = usual();

    /** All of them. */
    public static final List<String> ALL = all();

    private Mechanisms() {}

    private static List<String> usual() {
        List<String> scram = new ArrayList<>();
        for (ScramHash hash : ScramHash.values()) {
            scram.add(0, hash.mechanism());
        }
        List<String> names = new ArrayList<>();
        scram.forEach(each -> names.add(each + PLUS));
        names.addAll(scram);
        names.add(PLAIN);
        return List.copyOf(names);
    }

    private static List<String> all() {
        List<String> names = new ArrayList<>(usual());
        names.addAll(List.of(EXTERNAL, OAUTHBEARER, ANONYMOUS));
        return List.copyOf(names);
    }

    /**
     * {@return a sign-in by this mechanism, or null if there is no such mechanism}
     *
     * @param mechanism its name
     * @param context what it is told
     * @throws SaslFailure if something is missing that the mechanism needs
     */
    public static @Nullable SaslServer start(String mechanism, SaslContext context) throws SaslFailure {
        ScramHash hash = ScramHash.of(mechanism);
        if (hash != null) {
            return new ScramServer(hash, mechanism.endsWith(PLUS), context);
        }
        return switch (mechanism) {
            case PLAIN -> message -> plain(message, context);
            case EXTERNAL -> message -> external(message, context);
            case OAUTHBEARER -> new BearerServer(context);
            case ANONYMOUS -> message -> SaslStep.success(context.users().createAnonymous(), new byte[0]);
            default -> HtServer.start(mechanism, context);
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
