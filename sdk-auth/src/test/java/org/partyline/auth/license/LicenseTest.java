package org.partyline.auth.license;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.auth.license.Authority.END;
import static org.partyline.auth.license.Authority.GRACE;
import static org.partyline.auth.license.Authority.NETWORK;
import static org.partyline.auth.license.Authority.NOW;
import static org.partyline.auth.license.Authority.PRODUCT;
import static org.partyline.auth.license.Authority.START;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.license.issue.Issue;
import org.partyline.auth.license.issue.IssuerKey;
import org.partyline.auth.license.issue.KeyFamily;

/** A license from its file to its state. */
class LicenseTest {
    private final Authority authority = new Authority();

    @Test
    @DisplayName("C01 a bundle is verified with two roots alone, by either of them, and by no third")
    void bundle_isVerifiedByItsRoots_andNoOther() throws Exception {
        License license = authority.parse(authority.licenseToken());
        assertEquals(authority.terms(), license.terms());
        assertEquals(authority.keys(7), license.keys());
        assertEquals(authority.policy(19), license.policy());
        assertEquals(authority.licenseToken(), license.token());

        String byTheNext = Issue.bundle(
                authority.licenseToken(),
                Issue.keys(authority.keys(7), authority.root2),
                authority.policyToken(),
                authority.statusToken());
        assertEquals(
                "lic_7Q2M4", License.parse(byTheNext, authority.roots()).terms().id());

        for (String kid : new String[] {"root-1", "root-3"}) {
            IssuerKey third = IssuerKey.generate(KeyFamily.ROOT, kid);
            String forged = Issue.bundle(
                    authority.licenseToken(),
                    Issue.keys(authority.keys(7), third),
                    authority.policyToken(),
                    authority.statusToken());
            assertRefused(LicenseCode.LICENSE_SIGNATURE, forged);
        }
    }

    @Test
    void file_isRead(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("acme-desk.license");
        Files.writeString(file, authority.bundle(authority.licenseToken()));
        assertEquals(authority.terms(), License.load(file, authority.roots()).terms());
        assertThrows(IOException.class, () -> License.load(folder.resolve("none"), authority.roots()));
        Files.write(file, new byte[] {(byte) 0xFF, '{', '}'});
        LicenseException e = assertThrows(LicenseException.class, () -> License.load(file, authority.roots()));
        assertEquals(LicenseCode.LICENSE_MALFORMED, e.code());
    }

    @Test
    void bundle_overItsBound_isRefused() throws Exception {
        String bundle = authority.bundle(authority.licenseToken());
        String atTheBound = bundle + " ".repeat(40 * 1024 - bundle.length());
        assertEquals(
                authority.terms(), License.parse(atTheBound, authority.roots()).terms());
        assertRefused(LicenseCode.LICENSE_MALFORMED, atTheBound + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"v\":2}",
                "{\"v\":\"1\"}",
                "{\"v\":1}",
                "{\"v\":1,\"keys\":\"a.b.c\"}",
                "{\"v\":1,\"keys\":null}",
                "{\"v\":1,\"v\":1}"
            })
    void bundle_thatIsNone_isRefused(String bundle) {
        assertRefused(LicenseCode.LICENSE_MALFORMED, bundle);
    }

    @Test
    void parts_thatDoNotBelongTogether_areRefused() {
        StatusList other = StatusList.of(
                URI.create("https://license.net.example/status/2"),
                NOW,
                END,
                Duration.ZERO,
                Collections.nCopies(413, StatusList.Entry.VALID));
        StatusList tooShort = StatusList.of(
                URI.create("https://license.net.example/status/1"),
                NOW,
                END,
                Duration.ZERO,
                Collections.nCopies(412, StatusList.Entry.VALID));
        for (StatusList each : new StatusList[] {other, tooShort}) {
            assertRefused(
                    LicenseCode.PRODUCT_MISMATCH,
                    Issue.bundle(
                            authority.licenseToken(),
                            authority.keysToken(),
                            authority.policyToken(),
                            Issue.status(each, authority.status)));
        }
        NetworkPolicy policy = authority.policy(19);
        NetworkPolicy elsewhere = new NetworkPolicy(
                policy.issuer(),
                "xmpp:other.example",
                policy.issuedAt(),
                policy.expiresAt(),
                19,
                null,
                policy.versions(),
                policy.requirements(),
                policy.tiers(),
                policy.contacts());
        assertRefused(
                LicenseCode.PRODUCT_MISMATCH,
                Issue.bundle(
                        authority.licenseToken(),
                        authority.keysToken(),
                        Issue.policy(elsewhere, authority.license),
                        authority.statusToken()));
    }

    @Test
    void state_changesAtItsInstants() throws Exception {
        License license = authority.parse(authority.licenseToken());
        assertEquals(LicenseState.NOT_YET_VALID, license.stateAt(START.minusNanos(1)));
        assertEquals(LicenseState.VALID, license.stateAt(START));
        assertEquals(LicenseState.VALID, license.stateAt(END.minusNanos(1)));
        assertEquals(LicenseState.IN_GRACE, license.stateAt(END));
        assertEquals(LicenseState.IN_GRACE, license.stateAt(END.plus(GRACE).minusNanos(1)));
        assertEquals(LicenseState.EXPIRED, license.stateAt(END.plus(GRACE)));
        assertEquals(LicenseState.EXPIRED, license.stateAt(Instant.MAX));
        assertEquals(LicenseState.NOT_YET_VALID, license.stateAt(Instant.MIN));
    }

    @ParameterizedTest
    @EnumSource(StatusList.Entry.class)
    void state_followsTheStatusList(StatusList.Entry entry) throws Exception {
        License license = authority
                .parse(authority.licenseToken())
                .withStatus(Issue.status(authority.status(NOW, entry), authority.status), RollbackStore.inMemory());
        LicenseState expected = switch (entry) {
            case VALID -> LicenseState.VALID;
            case REVOKED -> LicenseState.REVOKED;
            case SUSPENDED -> LicenseState.SUSPENDED;
        };
        assertEquals(expected, license.stateAt(NOW));
        assertEquals(expected == LicenseState.VALID, license.stateAt(NOW).usable());
        if (expected != LicenseState.VALID) {
            LicenseException e = assertThrows(LicenseException.class, () -> license.check(PRODUCT, NETWORK, NOW));
            assertEquals(expected.code(), Optional.of(e.code()));
            assertTrue(e.terminal());
        }
    }

    @Test
    void check_tellsWhatIsWrong() throws Exception {
        License license = authority.parse(authority.licenseToken());
        license.check(PRODUCT, NETWORK, NOW);
        license.check(PRODUCT, NETWORK, END);
        license.check(PRODUCT, "msnp:net.example", NOW);
        assertEquals(
                Optional.of(Duration.ofSeconds(90)),
                refusal(license, PRODUCT, NETWORK, START.minusSeconds(90)).retryAfter());
        assertEquals(
                LicenseCode.LICENSE_EXPIRED,
                refusal(license, PRODUCT, NETWORK, END.plus(GRACE)).code());
        assertEquals(
                LicenseCode.PRODUCT_MISMATCH,
                refusal(license, Product.of("other", "4.3.1"), NETWORK, NOW).code());
        assertEquals(
                LicenseCode.PRODUCT_MISMATCH,
                refusal(license, Product.of("acme-desk", "6.0"), NETWORK, NOW).code());
        assertEquals(
                LicenseCode.PRODUCT_MISMATCH,
                refusal(license, PRODUCT, "xmpp:other.example", NOW).code());
        Product old = Product.of("acme-desk", "4.2.9");
        Instant cutoff = Instant.ofEpochSecond(1_800_311_200L);
        license.check(old, NETWORK, cutoff.minusSeconds(1));
        LicenseException tooOld = refusal(license, old, NETWORK, cutoff);
        assertEquals(LicenseCode.VERSION_TOO_OLD, tooOld.code());
        assertEquals(
                "https://acme.example/get", tooOld.actionUrl().orElseThrow().toString());
    }

    @Test
    void features_areThoseOfTheLicense() throws Exception {
        License license = authority.parse(authority.licenseToken());
        license.require(LicenseFeature.ROOM);
        LicenseException e = assertThrows(LicenseException.class, () -> license.require(LicenseFeature.BOT));
        assertEquals(LicenseCode.FEATURE_NOT_LICENSED, e.code());
    }

    @Test
    void quota_isTheLicenses_andElseTheTiers() throws Exception {
        Quota quota = authority.parse(authority.licenseToken()).quota();
        assertEquals(OptionalLong.of(10), quota.messagesPerSecond());
        assertEquals(OptionalLong.of(20_000), quota.bytesPerSecond());
        assertEquals(OptionalLong.empty(), quota.usersPer30Days());
    }

    @Test
    void staleness_isOfEachDocument() throws Exception {
        License license = authority.parse(authority.licenseToken());
        assertFalse(license.staleAt(NOW.plus(Duration.ofDays(3))));
        assertTrue(license.staleAt(NOW.plus(Duration.ofDays(3)).plusNanos(1)));
        License fresh = license.withStatus(
                Issue.status(
                        authority.status(START.plus(Duration.ofDays(31)), StatusList.Entry.VALID), authority.status),
                RollbackStore.inMemory());
        assertFalse(fresh.staleAt(START.plus(Duration.ofDays(31)).minusNanos(1)));
        assertTrue(fresh.staleAt(START.plus(Duration.ofDays(31))), "the policy ended");
    }

    @ParameterizedTest
    @DisplayName("members that a reader does not know are left alone, unless the issuer insists")
    @ValueSource(strings = {"\"new\":1,", "\"new\":1,\"must\":[\"tier\"],", "\"must\":[\"new\"],\"new\":1,"})
    void newMembers_areIgnored_unlessTheyMustNotBe(String members) throws Exception {
        String payload = Authority.segment(authority.licenseToken(), 1).replace("\"lic\":{", "\"lic\":{" + members);
        String token = Authority.sign(
                Authority.segment(authority.licenseToken(), 0), payload, Authority.bare(authority.license));
        if (members.contains("[\"new\"]")) {
            assertRefused(LicenseCode.LICENSE_MALFORMED, authority.bundle(token));
        } else {
            assertEquals(authority.terms(), authority.parse(token).terms());
        }
    }

    private static LicenseException refusal(License license, Product product, String network, Instant now) {
        return assertThrows(LicenseException.class, () -> license.check(product, network, now));
    }

    private void assertRefused(LicenseCode code, String bundle) {
        LicenseException e = assertThrows(LicenseException.class, () -> License.parse(bundle, authority.roots()));
        assertEquals(code, e.code(), e.getMessage());
    }
}
