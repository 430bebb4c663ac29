package org.partyline.auth.license;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partyline.auth.internal.crypto.KeyKind;
import org.partyline.auth.internal.crypto.SigningKey;
import org.partyline.auth.internal.jose.Base64Url;
import org.partyline.auth.license.LicenseTerms.Environment;
import org.partyline.auth.license.LicenseTerms.Profile;
import org.partyline.auth.license.LicenseTerms.StatusReference;
import org.partyline.auth.license.issue.Issue;
import org.partyline.auth.license.issue.IssuerKey;
import org.partyline.auth.license.issue.KeyFamily;
import org.partyline.auth.license.token.AccessClaims;
import org.partyline.auth.license.token.Attestation;
import org.partyline.auth.license.token.InstanceKey;

/** An operator with all keys, a partner with one, and what they sign; every test class has its own. */
public final class Authority {
    public static final URI ISSUER = URI.create("https://license.net.example");
    public static final String NETWORK = "xmpp:net.example";
    public static final Instant START = Instant.ofEpochSecond(1_795_300_000L);
    public static final Instant NOW = Instant.ofEpochSecond(1_795_383_000L);
    public static final Instant END = Instant.ofEpochSecond(1_826_836_000L);
    public static final Duration GRACE = Duration.ofDays(14);
    public static final Product PRODUCT = Product.of("acme-desk", "4.3.1");
    private static final URI STATUS = URI.create("https://license.net.example/status/1");

    public final IssuerKey root1 = IssuerKey.generate(KeyFamily.ROOT, "root-1");
    public final IssuerKey root2 = IssuerKey.generate(KeyFamily.ROOT, "root-2");
    public final IssuerKey license = IssuerKey.generate(KeyFamily.LICENSE, "lic-2026a");
    public final IssuerKey status = IssuerKey.generate(KeyFamily.STATUS, "st-2026q4");
    public final IssuerKey access = IssuerKey.generate(KeyFamily.ACCESS, "at-net.example-2026-11b");
    public final IssuerKey partner = IssuerKey.generate(KeyFamily.PARTNER, "acme-1");
    public final InstanceKey instance = InstanceKey.generate();

    public Authority() {}

    public TrustRoots roots() {
        return TrustRoots.of(root1.publicKey(), root2.publicKey());
    }

    public LicenseTerms terms() {
        return new LicenseTerms(
                ISSUER,
                "lic_7Q2M4",
                3,
                List.of(NETWORK, "msnp:net.example"),
                START,
                START,
                END,
                Environment.LIVE,
                Profile.BACKEND,
                "t2",
                new Partner(
                        "ptn_acme",
                        "Acme Chat GmbH",
                        URI.create("mailto:im-ops@acme.example"),
                        URI.create("mailto:abuse@acme.example")),
                new LicensedProduct(
                        "acme-desk", "Acme Desk", VersionRange.parse(">=4.2.0 <6.0.0"), List.of("jvm", "android")),
                Set.of(LicenseFeature.PRESENCE, LicenseFeature.MESSAGE, LicenseFeature.ROOM),
                Quota.of(Map.of("msg_s", 10L, "msg_burst", 40L, "sess_user", 4L)),
                GRACE,
                Duration.ofDays(3),
                List.of(partner.publicKey()),
                new StatusReference(STATUS, 412));
    }

    public KeysDocument keys(long sequence) {
        return new KeysDocument(
                ISSUER,
                START,
                START.plus(Duration.ofDays(90)),
                sequence,
                List.of(Issue.entry(license), Issue.entry(status)));
    }

    public NetworkPolicy policy(long sequence) {
        Timetable timetable =
                new Timetable(START, Instant.ofEpochSecond(1_797_719_200L), Instant.ofEpochSecond(1_800_311_200L));
        return new NetworkPolicy(
                ISSUER,
                NETWORK,
                START,
                START.plus(Duration.ofDays(31)),
                sequence,
                new NetworkPolicy.Unlicensed(timetable, URI.create("https://net.example/licensing")),
                List.of(new NetworkPolicy.VersionRule(
                        "acme-desk",
                        ProductVersion.parse("4.3.0"),
                        ProductVersion.parse("4.4.2"),
                        timetable,
                        URI.create("https://acme.example/get"),
                        "security")),
                List.of(new NetworkPolicy.Requirement("xmpp:see-other-host", Instant.ofEpochSecond(1_798_000_000L))),
                Map.of("t2", Quota.of(Map.of("msg_s", 8L, "bytes_s", 20_000L)), "t0", Quota.of(Map.of("msg_s", 1L))),
                Map.of("support", URI.create("mailto:licensing@net.example")));
    }

    public StatusList status(Instant issuedAt, StatusList.Entry entry) {
        StatusList.Entry[] entries = new StatusList.Entry[413];
        Arrays.fill(entries, StatusList.Entry.VALID);
        entries[412] = entry;
        return StatusList.of(
                STATUS, issuedAt, issuedAt.plus(Duration.ofDays(1)), Duration.ofMinutes(5), List.of(entries));
    }

    public AccessClaims claims() {
        return new AccessClaims(
                ISSUER,
                NETWORK,
                "ins_9fK2",
                "alice@net.example",
                NOW,
                NOW.minusSeconds(60),
                NOW.plusSeconds(300),
                "at_5vXw0r",
                "lic_7Q2M4",
                3,
                PRODUCT,
                "t2",
                "t2.7Q2M4.kD93hQmZx1",
                Set.of(LicenseFeature.PRESENCE, LicenseFeature.MESSAGE, LicenseFeature.ROOM),
                instance.thumbprint());
    }

    public Attestation attestation() {
        return new Attestation(
                "lic_7Q2M4",
                NOW,
                NOW.plus(Duration.ofDays(1)),
                PRODUCT,
                instance.publicKey(),
                Attestation.Evidence.NONE);
    }

    public String keysToken() {
        return Issue.keys(keys(7), root1);
    }

    public String policyToken() {
        return Issue.policy(policy(19), license);
    }

    public String statusToken() {
        return Issue.status(status(NOW, StatusList.Entry.VALID), status);
    }

    public String licenseToken() {
        return Issue.license(terms(), license);
    }

    public String accessToken() {
        return Issue.accessToken(claims(), access);
    }

    public String bundle(String licenseToken) {
        return Issue.bundle(licenseToken, keysToken(), policyToken(), statusToken());
    }

    public License parse(String licenseToken) throws LicenseException {
        return License.parse(bundle(licenseToken), roots());
    }

    /** {@return the bare key, which signs anything} */
    public static SigningKey bare(IssuerKey key) {
        byte[] stored = key.encode();
        boolean p256 = key.family() == KeyFamily.ACCESS || key.family() == KeyFamily.PARTNER;
        try {
            return SigningKey.of(
                    p256 ? KeyKind.P256 : KeyKind.ED25519,
                    Arrays.copyOfRange(stored, stored.length - 32, stored.length));
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return a token of these two texts, whatever they are, with a right signature} */
    public static String sign(String header, String payload, SigningKey key) {
        String signed = encode(header) + "." + encode(payload);
        return signed + "." + Base64Url.encode(key.sign(signed.getBytes(US_ASCII)));
    }

    public static String encode(String text) {
        return Base64Url.encode(text.getBytes(UTF_8));
    }

    /** {@return the text of one of a token's first two segments} */
    public static String segment(String token, int index) {
        try {
            return new String(Base64Url.decode(token.split("\\.", -1)[index]), UTF_8);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
