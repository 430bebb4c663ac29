package org.partyline.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.sasl.Mechanisms;
import org.partyline.testkit.internal.sasl.ScramHash;
import org.partyline.testkit.internal.stream.SignInSettings;
import org.partyline.testkit.internal.stream.StreamSettings;
import org.partyline.testkit.internal.tls.Authority;
import org.partyline.testkit.internal.tls.ServerBindings;
import org.partyline.testkit.internal.xmpp.Address;

/** Builds a {@link TestNetwork}. Not safe for use by several threads at once. */
public final class TestNetworkBuilder {
    private static final String DEFAULT_DOMAIN = "chat.test";
    private static final List<String> TLS_VERSIONS = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> BINDINGS = List.of(ServerBindings.EXPORTER, ServerBindings.END_POINT);
    private static final int MIN_ITERATIONS = 1;
    private static final int MIN_STANZA = 10_000;

    private final Map<String, List<String>> moreDomains = new LinkedHashMap<>();
    private final Map<String, String> accounts = new LinkedHashMap<>();
    private String domain = DEFAULT_DOMAIN;
    private List<String> mechanisms = Mechanisms.DEFAULT;
    private List<String> tlsVersions = TLS_VERSIONS;
    private final Set<SignInFeature> features = EnumSet.allOf(SignInFeature.class);
    private List<String> bindings = BINDINGS;
    private Duration tokenLife = Duration.ofDays(14);
    private Duration tokenRotation = Duration.ofDays(1);
    private BiPredicate<String, String> bearers = (user, token) -> false;
    private boolean takesBearers;
    private Set<ScramHash> keys = EnumSet.allOf(ScramHash.class);
    private boolean ownAuthority;
    private boolean streamManagement = true;
    private boolean archives = true;
    private int archivePage = 50;
    private Duration resumptionTimeout = Duration.ofMinutes(1);
    private int unacknowledged = 5_000;
    private int stanzaBytes = 256 * 1024;
    private int iterations = 4_096;

    TestNetworkBuilder() {}

    /**
     * Names the first domain. {@code chat.test} by default.
     *
     * @param name a domain name
     * @return this
     * @throws IllegalArgumentException if it is not one
     */
    public TestNetworkBuilder domain(String name) {
        this.domain = checked(name);
        return this;
    }

    /**
     * Serves one more domain, with its own list of mechanisms.
     *
     * @param name a domain name
     * @param mechanisms SASL mechanisms by their names
     * @return this
     * @throws IllegalArgumentException if the name is none, or a mechanism is not known
     */
    public TestNetworkBuilder anotherDomain(String name, String... mechanisms) {
        moreDomains.put(checked(name), known(List.of(mechanisms)));
        return this;
    }

    /**
     * Says which SASL mechanisms the first domain offers, in this order. By default those are SCRAM-SHA-512, -256 and -1 with
     * channel binding ({@code -PLUS}), the same without it, and PLAIN; EXTERNAL, OAUTHBEARER and ANONYMOUS are there for the
     * asking. A {@code -PLUS} mechanism is offered where the connection has one of the {@link #channelBindings}, EXTERNAL
     * where the client showed a certificate.
     *
     * @param names their names
     * @return this
     * @throws IllegalArgumentException if one is not known
     */
    public TestNetworkBuilder mechanisms(String... names) {
        this.mechanisms = known(List.of(names));
        return this;
    }

    /**
     * Leaves something out of what clients can do with a sign-in; by default all of it is offered.
     *
     * @param left what is not offered
     * @return this
     */
    public TestNetworkBuilder without(SignInFeature... left) {
        features.removeAll(List.of(left));
        return this;
    }

    /**
     * Says which types of channel binding are offered, where a connection has them: {@code tls-exporter} (RFC 9266), which
     * needs JDK 25, and {@code tls-server-end-point} (RFC 5929) by default.
     *
     * @param types their registered names; none for no channel binding
     * @return this
     * @throws IllegalArgumentException if one is another
     */
    public TestNetworkBuilder channelBindings(String... types) {
        for (String type : types) {
            if (!BINDINGS.contains(type)) {
                throw new IllegalArgumentException("channel bindings are " + BINDINGS + ": " + type);
            }
        }
        this.bindings = List.of(types);
        return this;
    }

    /**
     * Says how long tokens (XEP-0484) are valid, and how old one may be before its use brings the next: 14 days, and one day,
     * by default. See {@link Faults#expireTokens()}.
     *
     * @param life how long one is valid
     * @param rotation how old one may be; zero for a new one with every sign-in by a token
     * @return this
     * @throws IllegalArgumentException if one of them is negative
     */
    public TestNetworkBuilder fastTokens(Duration life, Duration rotation) {
        if (life.isNegative() || rotation.isNegative()) {
            throw new IllegalArgumentException("must not be negative: " + life + ", " + rotation);
        }
        this.tokenLife = life;
        this.tokenRotation = rotation;
        return this;
    }

    /**
     * Takes tokens of OAuth 2.0 (RFC 7628): OAUTHBEARER is added to the mechanisms of the first domain, as the last, unless
     * it is named among them. Without this every such token is refused.
     *
     * @param check says of a local part and a token whether the token lets the account in, which must be there; called by the
     *     network's thread, must not block
     * @return this
     */
    public TestNetworkBuilder oauthBearer(BiPredicate<String, String> check) {
        this.bearers = Objects.requireNonNull(check, "check");
        this.takesBearers = true;
        return this;
    }

    /**
     * Says for which SCRAM mechanisms the first domain keeps keys of its accounts' passwords: for all by default. The others
     * are offered to an account only after its client made the keys itself ({@link SignInFeature#UPGRADE_TASKS}).
     *
     * @param mechanisms their names, without {@code -PLUS}
     * @return this
     * @throws IllegalArgumentException if one is no SCRAM mechanism
     */
    public TestNetworkBuilder keysKeptFor(String... mechanisms) {
        Set<ScramHash> named = EnumSet.noneOf(ScramHash.class);
        for (String mechanism : mechanisms) {
            ScramHash hash = ScramHash.of(mechanism);
            if (hash == null) {
                throw new IllegalArgumentException("not a SCRAM mechanism: " + mechanism);
            }
            named.add(hash);
        }
        this.keys = named;
        return this;
    }

    /**
     * Makes an account of the first domain.
     *
     * @param username the local part
     * @param password the password
     * @return this
     * @throws IllegalArgumentException if {@code username} cannot be a local part
     */
    public TestNetworkBuilder account(String username, String password) {
        if (!Address.isLocal(username)) {
            throw new IllegalArgumentException("not a local part: " + username);
        }
        accounts.put(username, Objects.requireNonNull(password, "password"));
        return this;
    }

    /**
     * Says which TLS versions are spoken: 1.3 and 1.2 by default.
     *
     * @param names {@code TLSv1.3} or {@code TLSv1.2}
     * @return this
     * @throws IllegalArgumentException if there is none, or it is another
     */
    public TestNetworkBuilder tlsVersions(String... names) {
        if (names.length == 0 || !TLS_VERSIONS.containsAll(List.of(names))) {
            throw new IllegalArgumentException("TLS versions are " + TLS_VERSIONS + ": " + List.of(names));
        }
        this.tlsVersions = List.of(names);
        return this;
    }

    /**
     * Makes an authority for this network alone, instead of the one that all networks of a process share.
     *
     * @return this
     */
    public TestNetworkBuilder ownAuthority() {
        this.ownAuthority = true;
        return this;
    }

    /**
     * Says whether stream management (XEP-0198) is offered. It is by default.
     *
     * @param offered whether
     * @return this
     */
    public TestNetworkBuilder streamManagement(boolean offered) {
        this.streamManagement = offered;
        return this;
    }

    /**
     * Says whether accounts have archives of their messages (XEP-0313). They have by default: of the latest 10,000, and no more
     * than 8 Mi characters, and without what {@link TestNetwork} itself sends them.
     *
     * @param offered whether
     * @return this
     */
    public TestNetworkBuilder archives(boolean offered) {
        this.archives = offered;
        return this;
    }

    /**
     * Says how many results a page of an archive may have, whatever was asked for: 50 by default, as Prosody has it.
     *
     * @param most how many, at least 1
     * @return this
     * @throws IllegalArgumentException if {@code most} is less than 1
     */
    public TestNetworkBuilder archivePageSize(int most) {
        this.archivePage = atLeast(1, most);
        return this;
    }

    /**
     * Says how long a session without a connection can be resumed: a minute by default.
     *
     * @param timeout how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public TestNetworkBuilder resumptionTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("must not be negative: " + timeout);
        }
        this.resumptionTimeout = timeout;
        return this;
    }

    /**
     * Says how many stanzas may wait for a client's confirmation: 5,000 by default. Beyond, the session ends.
     *
     * @param stanzas how many, at least 1
     * @return this
     * @throws IllegalArgumentException if {@code stanzas} is less than 1
     */
    public TestNetworkBuilder unacknowledgedStanzas(int stanzas) {
        this.unacknowledged = atLeast(1, stanzas);
        return this;
    }

    /**
     * Says how large a client's stanza may be: 262,144 bytes by default. Beyond, the stream ends with
     * {@code policy-violation}.
     *
     * @param bytes how many, at least 10,000 (RFC 6120 section 13.12)
     * @return this
     * @throws IllegalArgumentException if {@code bytes} is less
     */
    public TestNetworkBuilder maxStanzaBytes(int bytes) {
        this.stanzaBytes = atLeast(MIN_STANZA, bytes);
        return this;
    }

    /**
     * Sets SCRAM's iteration count: 4,096 by default.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if {@code count} is less than 1
     */
    public TestNetworkBuilder scramIterations(int count) {
        this.iterations = atLeast(MIN_ITERATIONS, count);
        return this;
    }

    /**
     * {@return a running network}
     *
     * @throws IllegalArgumentException if a domain was named twice
     */
    public TestNetwork start() {
        return new TestNetwork(this);
    }

    Authority authority() {
        return ownAuthority ? Authority.create() : Authority.shared();
    }

    List<Domain> domains() {
        List<Domain> domains = new ArrayList<>();
        List<String> first = new ArrayList<>(mechanisms);
        if (takesBearers && !first.contains(Mechanisms.OAUTHBEARER)) {
            first.add(Mechanisms.OAUTHBEARER);
        }
        domains.add(new Domain(domain, first, keys, iterations, bearers));
        moreDomains.forEach((name, offered) -> {
            if (name.equals(domain)) {
                throw new IllegalArgumentException("named twice: " + name);
            }
            domains.add(new Domain(name, offered, EnumSet.allOf(ScramHash.class), iterations, bearers));
        });
        return domains;
    }

    List<String> tlsVersions() {
        return tlsVersions;
    }

    int archivePage() {
        return archives ? archivePage : 0;
    }

    boolean asksForCertificate() {
        return mechanisms.contains(Mechanisms.EXTERNAL)
                || moreDomains.values().stream().anyMatch(offered -> offered.contains(Mechanisms.EXTERNAL));
    }

    StreamSettings streamSettings() {
        SignInSettings signIn = new SignInSettings(
                features.contains(SignInFeature.SASL),
                features.contains(SignInFeature.SASL2),
                features.contains(SignInFeature.BIND2),
                features.contains(SignInFeature.FAST),
                features.contains(SignInFeature.CHANNEL_BINDING_TYPES),
                features.contains(SignInFeature.DOWNGRADE_PROTECTION),
                features.contains(SignInFeature.UPGRADE_TASKS),
                bindings,
                tokenLife,
                tokenRotation);
        return new StreamSettings(signIn, streamManagement, resumptionTimeout, unacknowledged, stanzaBytes);
    }

    List<TestAccount> accounts() {
        return accounts.entrySet().stream()
                .map(each -> new TestAccount(each.getKey(), domain, each.getValue()))
                .toList();
    }

    private static String checked(String name) {
        Address address = Address.parse(name);
        if (address == null || !address.isServer()) {
            throw new IllegalArgumentException("not a domain name: " + name);
        }
        return address.domain();
    }

    private static List<String> known(List<String> names) {
        for (String name : names) {
            if (!Mechanisms.ALL.contains(name)) {
                throw new IllegalArgumentException("unknown mechanism: " + name);
            }
        }
        return names;
    }

    private static int atLeast(int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException("must be at least " + least + ": " + value);
        }
        return value;
    }
}
