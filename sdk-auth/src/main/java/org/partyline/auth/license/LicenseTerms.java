package org.partyline.auth.license;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a license says.
 *
 * @param issuer who issued it, by https
 * @param id the license's id: 1 to 64 letters, digits, dots, hyphens and underlines
 * @param revision counts the changes of its terms, from 1 on
 * @param audience the networks it is for, such as {@code xmpp:net.example}
 * @param issuedAt when it was issued, to the second
 * @param notBefore when it begins
 * @param expiresAt when it ends, apart from its grace
 * @param environment whether it is for the live network
 * @param profile how installations are vouched for
 * @param tier the network's tier it belongs to
 * @param partner who holds it
 * @param product what it is for
 * @param features what it allows
 * @param quota how much
 * @param grace for how long after its end installations that are there go on
 * @param offline how old the status list may be
 * @param partnerKeys the keys of the partner's backend, each with a name
 * @param status where it stands in the status lists
 */
public record LicenseTerms(
        URI issuer,
        String id,
        int revision,
        List<String> audience,
        Instant issuedAt,
        Instant notBefore,
        Instant expiresAt,
        Environment environment,
        Profile profile,
        String tier,
        Partner partner,
        LicensedProduct product,
        Set<LicenseFeature> features,
        Quota quota,
        Duration grace,
        Duration offline,
        List<PublicJwk> partnerKeys,
        StatusReference status) {

    private static final int MAX_NETWORKS = 16;
    private static final int MAX_KEYS = 8;

    /** Which networks a license is for. */
    public enum Environment {
        /** Networks for trying things. */
        SANDBOX,
        /** Networks with people on them. */
        LIVE
    }

    /** How installations are vouched for. */
    public enum Profile {
        /** The partner's backend attests each. */
        BACKEND,
        /** Nobody does: anybody can claim to be one. */
        EMBEDDED,
        /** It is the partner's own server. */
        BOT
    }

    /**
     * Where a license stands in the status lists (Token Status List, an IETF draft, section 6.1).
     *
     * @param uri the list, by https
     * @param index the place in it, from 0 on
     */
    public record StatusReference(URI uri, int index) {

        /**
         * Checks the index.
         *
         * @throws IllegalArgumentException if it is below 0
         */
        public StatusReference {
            if (index < 0) {
                throw new IllegalArgumentException("a place in a list is 0 or more");
            }
        }
    }

    /**
     * Checks what depends on each other.
     *
     * @throws IllegalArgumentException if an id is none, there is no audience or one of over 16, there are over 8 keys, two keys
     *     have one name or one has none, a duration is below 0, or it ends before it begins
     */
    public LicenseTerms {
        Documents.id(id);
        Documents.id(tier);
        if (revision < 1) {
            throw new IllegalArgumentException("revisions count from 1 on");
        }
        if (audience.isEmpty() || audience.size() > MAX_NETWORKS) {
            throw new IllegalArgumentException("a license is for 1 to 16 networks");
        }
        long names = partnerKeys.stream()
                .flatMap(key -> key.kid().stream())
                .distinct()
                .count();
        if (partnerKeys.size() > MAX_KEYS || names != partnerKeys.size()) {
            throw new IllegalArgumentException("a license has at most 8 keys, each with a name of its own");
        }
        if (!notBefore.isBefore(expiresAt) || grace.isNegative() || offline.isNegative()) {
            throw new IllegalArgumentException("a license ends after it begins");
        }
        audience = List.copyOf(audience);
        features = Set.copyOf(features);
        partnerKeys = List.copyOf(partnerKeys);
    }
}
