package org.partyline.auth.license;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a network asks of clients, and from when on: a signed document, so that a cut-off is told to programs as well.
 *
 * @param issuer who issued it, by https
 * @param audience the network, such as {@code xmpp:net.example}
 * @param issuedAt when it was issued, to the second
 * @param expiresAt when there has to be a newer one
 * @param sequence counts the policies; never goes back
 * @param unlicensed what becomes of clients without a license, or null if they are welcome
 * @param versions what becomes of old versions
 * @param requirements what clients have to be able to do, and from when on
 * @param tiers how much each tier allows, by its name
 * @param contacts whom to turn to, by role: https or mailto
 */
public record NetworkPolicy(
        URI issuer,
        String audience,
        Instant issuedAt,
        Instant expiresAt,
        long sequence,
        @Nullable Unlicensed unlicensed,
        List<VersionRule> versions,
        List<Requirement> requirements,
        Map<String, Quota> tiers,
        Map<String, URI> contacts) {

    private static final int MAX_TIERS = 16;
    private static final int MAX_CONTACTS = 16;

    /**
     * What becomes of clients without a license.
     *
     * @param timetable when
     * @param url where licenses are told of, by https
     */
    public record Unlicensed(Timetable timetable, URI url) {}

    /**
     * What becomes of old versions of a product.
     *
     * @param product the product's id
     * @param minimum the first version that is let in
     * @param recommended the version that users should have
     * @param timetable when those before the minimum are refused
     * @param upgrade where there is a newer one, by https
     * @param reason why, in a word
     */
    public record VersionRule(
            String product,
            ProductVersion minimum,
            ProductVersion recommended,
            Timetable timetable,
            URI upgrade,
            String reason) {}

    /**
     * Something that clients have to be able to do.
     *
     * @param capability what, such as {@code xmpp:see-other-host}
     * @param from from when on
     */
    public record Requirement(String capability, Instant from) {}

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if there are over 16 tiers or contacts, the sequence is below 0, or it ends before it is
     *     issued
     */
    public NetworkPolicy {
        if (tiers.size() > MAX_TIERS || contacts.size() > MAX_CONTACTS) {
            throw new IllegalArgumentException("a policy has at most 16 tiers and 16 contacts");
        }
        if (sequence < 0 || !issuedAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("a policy ends after it is issued");
        }
        versions = List.copyOf(versions);
        requirements = List.copyOf(requirements);
        tiers = Map.copyOf(tiers);
        contacts = Map.copyOf(contacts);
    }

    /**
     * {@return the policy of a token}
     *
     * @param token the token, type {@code im-policy+jwt}
     * @param keys who may sign it
     * @throws LicenseException if it cannot be read ({@link LicenseCode#LICENSE_MALFORMED}), or none of the keys for policies
     *     has signed it ({@link LicenseCode#LICENSE_SIGNATURE}). When it ends is not asked
     */
    public static NetworkPolicy parse(String token, KeysDocument keys) throws LicenseException {
        return Documents.read("policy", () -> PolicyReader.read(token, keys.trusted()));
    }

    /**
     * {@return how far the network has come with clients that have no license}
     *
     * @param now the instant
     */
    public Timetable.Stage unlicensedStageAt(Instant now) {
        return unlicensed == null
                ? Timetable.Stage.SILENT
                : unlicensed.timetable().stageAt(now);
    }

    /**
     * {@return the rule that a product in its version falls under, or null. Of several the one that ends first}
     *
     * @param product the product
     */
    public @Nullable VersionRule ruleFor(Product product) {
        VersionRule first = null;
        for (VersionRule each : versions) {
            boolean meant =
                    each.product().equals(product.id()) && product.version().compareTo(each.minimum()) < 0;
            if (meant
                    && (first == null
                            || each.timetable()
                                    .cutoffAt()
                                    .isBefore(first.timetable().cutoffAt()))) {
                first = each;
            }
        }
        return first;
    }

    /**
     * {@return how far the network has come with a product in its version}
     *
     * @param product the product
     * @param now the instant
     */
    public Timetable.Stage stageAt(Product product, Instant now) {
        VersionRule rule = ruleFor(product);
        return rule == null ? Timetable.Stage.SILENT : rule.timetable().stageAt(now);
    }
}
