package org.partyline.examples.operator.book;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.partyline.auth.license.LicenseFeature;

/**
 * What a license allows, and until when.
 *
 * @param tier how much
 * @param profile how installations prove what they are
 * @param versions the product's versions, such as {@code >=4.2.0 <6.0.0}
 * @param platforms where the product runs
 * @param features what it may do
 * @param quota how much of what, where that differs from the tier's
 * @param expires when it ends
 * @param grace how long what is installed works after that
 */
public record Terms(
        Tier tier,
        Profile profile,
        String versions,
        SortedSet<String> platforms,
        SortedSet<String> features,
        SortedMap<String, Long> quota,
        Instant expires,
        Duration grace) {

    /** What a product can be allowed to do. */
    public static final List<String> FEATURES =
            Stream.of(LicenseFeature.values()).map(LicenseFeature::tokenName).toList();

    /** What a product can be allowed some amount of. */
    public static final List<String> QUOTAS = List.of(
            "msg_s", "msg_burst", "bytes_s", "stanza_bytes", "sess_user", "sess_total", "users_30d", "login_min");

    /** Where a product can run. */
    public static final List<String> PLATFORMS =
            List.of("jvm", "android", "ios", "windows", "macos", "linux", "web", "server");

    /** What names versions: one to four conditions, all of which hold. */
    public static final String VERSIONS =
            "(>=|>|<=|<|=)[0-9]{1,5}([.][0-9]{1,5}){0,3}" + "( (>=|>|<=|<|=)[0-9]{1,5}([.][0-9]{1,5}){0,3}){0,3}";

    private static final Duration LONGEST_GRACE = Duration.ofDays(90);

    /** Copies, and checks what no license may say. */
    public Terms {
        platforms = Collections.unmodifiableSortedSet(new TreeSet<>(platforms));
        features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
        quota = Collections.unmodifiableSortedMap(new TreeMap<>(quota));
        if (!versions.matches(VERSIONS)) {
            throw new IllegalArgumentException("versions are 1 to 4 conditions such as \">=4.2.0 <6.0.0\"");
        }
        known("platforms", platforms, PLATFORMS);
        known("features", features, FEATURES);
        if (!QUOTAS.containsAll(quota.keySet())) {
            throw new IllegalArgumentException("quotas are " + String.join(", ", QUOTAS));
        }
        if (quota.values().stream().anyMatch(each -> each < 1 || each > 1_000_000_000_000L)) {
            throw new IllegalArgumentException("a quota is 1 to 1000000000000");
        }
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("a grace period has 0 to " + LONGEST_GRACE.toDays() + " days");
        }
        if (profile == Profile.EMBEDDED && !tier.suitsEmbedded()) {
            throw new IllegalArgumentException("an embedded product has tier t0 or t1, not " + tier);
        }
    }

    /** {@return when even what is installed no longer works} */
    public Instant over() {
        return expires.plus(grace);
    }

    /** {@return the same until another time} */
    public Terms until(Instant time) {
        return new Terms(tier, profile, versions, platforms, features, quota, time, grace);
    }

    /**
     * {@return whether it takes two persons to agree to these after others} It does from tier t2 on, where they allow
     * anything that the others do not: else one person could grant little, and amend it to much.
     *
     * @param before the others
     */
    boolean needTwoAfter(Terms before) {
        return tier.needsTwo()
                && (tier.compareTo(before.tier) > 0
                        || profile != before.profile
                        || !versions.equals(before.versions)
                        || !before.platforms.containsAll(platforms)
                        || !before.features.containsAll(features)
                        || exceeds(before.quota));
    }

    // Where a quota is not named the tier's applies, which may be more or less: naming another, or none, is a change
    // up.
    private boolean exceeds(Map<String, Long> before) {
        return !quota.keySet().equals(before.keySet())
                || quota.entrySet().stream().anyMatch(each -> each.getValue() > before.getOrDefault(each.getKey(), 0L));
    }

    private static void known(String what, Set<String> given, List<String> known) {
        if (given.isEmpty() || !known.containsAll(given)) {
            throw new IllegalArgumentException(what + " are one or more of " + String.join(", ", known));
        }
    }
}
