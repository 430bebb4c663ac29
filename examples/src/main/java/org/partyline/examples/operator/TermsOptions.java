package org.partyline.examples.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.book.Terms;
import org.partyline.examples.operator.book.Tier;
import picocli.CommandLine.Option;

/** What of terms is said on the command line. All else stays as it was, or as the partner applied for. */
final class TermsOptions {
    private static final long DEFAULT_DAYS = 365;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "How much it allows: t0 to t9. From t2 on it takes two persons.")
    private @Nullable String tier;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "For how many days from now; 365 unless the license says it.")
    private @Nullable Integer days;

    @Option(names = "--expires", paramLabel = "TIME", description = "Until when, in place of --days: a day, or a time.")
    private @Nullable String expires;

    @Option(
            names = "--grace-days",
            paramLabel = "N",
            description = "For how long what is installed works after that; 14 at first.")
    private @Nullable Integer grace;

    @Option(
            names = "--versions",
            paramLabel = "RANGE",
            description = "The product's versions, such as \">=4.2.0 <6.0.0\".")
    private @Nullable String versions;

    @Option(names = "--feature", paramLabel = "NAME", split = ",", description = "What it allows to do.")
    private @Nullable List<String> features;

    @Option(names = "--platform", paramLabel = "NAME", split = ",", description = "Where the product may run.")
    private @Nullable List<String> platforms;

    @Option(
            names = "--quota",
            paramLabel = "NAME=N",
            split = ",",
            description = "How much of what, such as sess_user=4. Those that are not named stay; 0 takes one away.")
    private @Nullable Map<String, Long> quota;

    /** {@return whether nothing is said} */
    boolean isEmpty() {
        return tier == null
                && days == null
                && expires == null
                && grace == null
                && versions == null
                && features == null
                && platforms == null
                && quota == null;
    }

    boolean hasTier() {
        return tier != null;
    }

    /**
     * {@return terms with what is said}
     *
     * @param base all else
     * @param now from when days count
     * @param anew whether the end is to be a new one, even if nothing is said of it
     * @throws IllegalArgumentException if no license may say that
     */
    Terms over(Terms base, Instant now, boolean anew) {
        TreeMap<String, Long> amounts = new TreeMap<>(base.quota());
        if (quota != null) {
            amounts.putAll(quota);
            amounts.values().removeIf(each -> each == 0);
        }
        return new Terms(
                tier == null ? base.tier() : Tier.parse(tier),
                base.profile(),
                versions == null ? base.versions() : versions,
                platforms == null ? base.platforms() : new TreeSet<>(platforms),
                features == null ? base.features() : new TreeSet<>(features),
                amounts,
                expires(base, now, anew),
                grace == null ? base.grace() : Duration.ofDays(grace));
    }

    private Instant expires(Terms base, Instant now, boolean anew) {
        if (expires != null) {
            if (days != null) {
                throw new IllegalArgumentException("--days or --expires, not both");
            }
            return Times.parse(expires);
        }
        if (days == null && !anew) {
            return base.expires();
        }
        return now.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days == null ? DEFAULT_DAYS : days));
    }
}
