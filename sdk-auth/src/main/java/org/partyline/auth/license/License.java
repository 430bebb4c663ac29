package org.partyline.auth.license;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.jose.Json;
import org.partyline.auth.internal.jose.JsonObject;

/**
 * A license with all that it takes to verify it: the operator's keys, the network's policy, and the list of what is suspended
 * or revoked. Verified against two roots, without network and clock; how it stands depends on an instant, which the caller
 * tells. Immutable.
 */
public final class License {
    /** Four tokens, and some room for white space. */
    private static final int MAX_BUNDLE = 40 * 1024;

    private final String token;
    private final LicenseTerms terms;
    private final KeysDocument keys;
    private final NetworkPolicy policy;
    private final StatusList status;

    private License(String token, LicenseTerms terms, KeysDocument keys, NetworkPolicy policy, StatusList status) {
        this.token = token;
        this.terms = terms;
        this.keys = keys;
        this.policy = policy;
        this.status = status;
    }

    /**
     * {@return the license of a file, as {@link #parse(String, TrustRoots, RollbackStore)} reads it}
     *
     * @param file the file that the operator gave the partner
     * @param roots the operator's roots
     * @param seen remembers the newest documents, over restarts if it is kept
     * @throws IOException if the file cannot be read
     * @throws LicenseException if it is refused
     */
    public static License load(Path file, TrustRoots roots, RollbackStore seen) throws IOException, LicenseException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BUNDLE + 1);
        }
        // What is not UTF-8 is no JSON of ASCII tokens either way: it need not be told apart here.
        return parse(new String(bytes, StandardCharsets.UTF_8), roots, seen);
    }

    /**
     * {@return the license of a file, for an application that remembers nothing}
     *
     * @param file the file that the operator gave the partner
     * @param roots the operator's roots
     * @throws IOException if the file cannot be read
     * @throws LicenseException if it is refused
     */
    public static License load(Path file, TrustRoots roots) throws IOException, LicenseException {
        return load(file, roots, RollbackStore.inMemory());
    }

    /**
     * {@return the license of a bundle, for an application that remembers nothing}
     *
     * @param bundle the text of the bundle
     * @param roots the operator's roots
     * @throws LicenseException if it is refused
     */
    public static License parse(String bundle, TrustRoots roots) throws LicenseException {
        return parse(bundle, roots, RollbackStore.inMemory());
    }

    /**
     * {@return the license of a bundle}
     *
     * @param bundle a JSON object of {@code v}, {@code license}, {@code keys}, {@code policy} and {@code status}, at most 40,960
     *     characters
     * @param roots the operator's roots
     * @param seen remembers the newest documents, over restarts if it is kept
     * @throws LicenseException if it cannot be read ({@link LicenseCode#LICENSE_MALFORMED}); if a part is not signed by who may,
     *     or older than one that was seen ({@link LicenseCode#LICENSE_SIGNATURE}); if the parts do not belong together
     *     ({@link LicenseCode#PRODUCT_MISMATCH}). Whether it is in force is not asked: see {@link #stateAt}
     * @throws IllegalStateException if the libraries that licenses need are missing
     */
    public static License parse(String bundle, TrustRoots roots, RollbackStore seen) throws LicenseException {
        JsonObject parts = Documents.read("bundle", () -> {
            if (bundle.length() > MAX_BUNDLE) {
                throw Documents.malformed("bundle: it is too long");
            }
            JsonObject object = Json.read(bundle);
            if (object.integer("v") != 1) {
                throw Documents.malformed("bundle: it is of another version");
            }
            return object;
        });
        KeysDocument keys = KeysDocument.parse(part(parts, "keys"), roots);
        String token = part(parts, "license");
        LicenseTerms terms = Documents.read("license", () -> LicenseReader.read(token, keys.trusted()));
        if (!terms.issuer().equals(keys.issuer())) {
            throw new LicenseException(LicenseCode.PRODUCT_MISMATCH, "license: it has another issuer than the keys");
        }
        NetworkPolicy policy = policy(part(parts, "policy"), keys, terms);
        StatusList status = status(part(parts, "status"), keys, terms);
        RollbackGuard.pass(
                seen, Map.ofEntries(RollbackGuard.of(keys), RollbackGuard.of(policy), RollbackGuard.of(status)));
        return new License(token, terms, keys, policy, status);
    }

    private static String part(JsonObject parts, String name) throws LicenseException {
        return Documents.read("bundle", () -> parts.token(name));
    }

    private static NetworkPolicy policy(String token, KeysDocument keys, LicenseTerms terms) throws LicenseException {
        NetworkPolicy policy = NetworkPolicy.parse(token, keys);
        if (!policy.issuer().equals(terms.issuer()) || !terms.audience().contains(policy.audience())) {
            throw new LicenseException(
                    LicenseCode.PRODUCT_MISMATCH, "policy: it is not of a network that the license is for");
        }
        return policy;
    }

    private static StatusList status(String token, KeysDocument keys, LicenseTerms terms) throws LicenseException {
        StatusList status = StatusList.parse(token, keys);
        if (!status.uri().equals(terms.status().uri()) || terms.status().index() >= status.size()) {
            throw new LicenseException(LicenseCode.PRODUCT_MISMATCH, "status: the list does not have the license");
        }
        return status;
    }

    /**
     * {@return this license with a newer status list}
     *
     * @param statusToken the list's token
     * @param seen remembers the newest documents
     * @throws LicenseException if it is refused, as in {@link #parse(String, TrustRoots, RollbackStore)}
     */
    public License withStatus(String statusToken, RollbackStore seen) throws LicenseException {
        StatusList newer = status(statusToken, keys, terms);
        RollbackGuard.pass(seen, Map.ofEntries(RollbackGuard.of(newer)));
        return new License(token, terms, keys, policy, newer);
    }

    /**
     * {@return this license with a newer policy}
     *
     * @param policyToken the policy's token
     * @param seen remembers the newest documents
     * @throws LicenseException if it is refused, as in {@link #parse(String, TrustRoots, RollbackStore)}
     */
    public License withPolicy(String policyToken, RollbackStore seen) throws LicenseException {
        NetworkPolicy newer = policy(policyToken, keys, terms);
        RollbackGuard.pass(seen, Map.ofEntries(RollbackGuard.of(newer)));
        return new License(token, terms, keys, newer, status);
    }

    /** {@return the license itself as a token: what is shown to register an installation (RFC 7591 section 2.3)} */
    public String token() {
        return token;
    }

    /** {@return what it says} */
    public LicenseTerms terms() {
        return terms;
    }

    /** {@return the operator's keys} */
    public KeysDocument keys() {
        return keys;
    }

    /** {@return the network's policy} */
    public NetworkPolicy policy() {
        return policy;
    }

    /** {@return the list that tells whether it is suspended or revoked} */
    public StatusList status() {
        return status;
    }

    /** {@return how much it allows: what the license says, and else what the policy says of its tier} */
    public Quota quota() {
        return terms.quota().orElse(policy.tiers().getOrDefault(terms.tier(), Quota.UNSAID));
    }

    /**
     * {@return how it stands. There is no leeway: it holds from its first instant on, and no more at its last}
     *
     * @param now the instant, best the server's
     */
    public LicenseState stateAt(Instant now) {
        StatusList.Entry entry = status.entry(terms.status().index());
        if (entry == StatusList.Entry.REVOKED) {
            return LicenseState.REVOKED;
        }
        if (entry == StatusList.Entry.SUSPENDED) {
            return LicenseState.SUSPENDED;
        }
        if (now.isBefore(terms.notBefore())) {
            return LicenseState.NOT_YET_VALID;
        }
        if (now.isBefore(terms.expiresAt())) {
            return LicenseState.VALID;
        }
        return now.isBefore(terms.expiresAt().plus(terms.grace())) ? LicenseState.IN_GRACE : LicenseState.EXPIRED;
    }

    /**
     * {@return whether what is known is too old to be relied on: the keys or the policy have ended, or the status list is older
     * than the license lets it be ({@link LicenseCode#STATUS_STALE}). The server decides anyway}
     *
     * @param now the instant
     */
    public boolean staleAt(Instant now) {
        return !now.isBefore(keys.expiresAt())
                || !now.isBefore(policy.expiresAt())
                || now.isAfter(status.issuedAt().plus(terms.offline()));
    }

    /**
     * Asks whether a product may go to a network with this license.
     *
     * @param product the product
     * @param audience the network, such as {@code xmpp:net.example}
     * @param now the instant, best the server's
     * @throws LicenseException with the code of {@link #stateAt} if that is not usable, {@link LicenseCode#PRODUCT_MISMATCH} if
     *     it is another product, version or network, or {@link LicenseCode#VERSION_TOO_OLD} after the network's cut-off
     */
    public void check(Product product, String audience, Instant now) throws LicenseException {
        LicenseState state = stateAt(now);
        if (!state.usable()) {
            LicenseCode code = state.code().orElse(LicenseCode.UNKNOWN);
            Duration wait = state == LicenseState.NOT_YET_VALID ? Duration.between(now, terms.notBefore()) : null;
            throw new LicenseException(code, "license " + terms.id() + " is " + state).with(wait, null, null);
        }
        if (!terms.product().id().equals(product.id())
                || !terms.product().versions().contains(product.version())
                || !terms.audience().contains(audience)) {
            throw new LicenseException(
                    LicenseCode.PRODUCT_MISMATCH,
                    "license " + terms.id() + " is for " + terms.product().id() + " "
                            + terms.product().versions() + " on " + terms.audience());
        }
        NetworkPolicy.@Nullable VersionRule rule = policy.audience().equals(audience) ? policy.ruleFor(product) : null;
        if (rule != null && rule.timetable().stageAt(now) == Timetable.Stage.CUTOFF) {
            throw new LicenseException(LicenseCode.VERSION_TOO_OLD, product + " is older than " + rule.minimum())
                    .with(null, rule.upgrade(), null);
        }
    }

    /**
     * Asks whether the license has a feature.
     *
     * @param feature the feature
     * @throws LicenseException if not ({@link LicenseCode#FEATURE_NOT_LICENSED})
     */
    public void require(LicenseFeature feature) throws LicenseException {
        if (!terms.features().contains(feature)) {
            throw new LicenseException(
                    LicenseCode.FEATURE_NOT_LICENSED,
                    "license " + terms.id() + " does not have " + feature.tokenName());
        }
    }

    @Override
    public String toString() {
        return "License[" + terms.id() + "." + terms.revision() + ", product="
                + terms.product().id() + "]";
    }
}
