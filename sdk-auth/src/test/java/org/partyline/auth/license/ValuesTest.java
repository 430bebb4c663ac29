package org.partyline.auth.license;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.auth.license.Authority.NOW;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.internal.jose.Base64Url;
import org.partyline.auth.license.Timetable.Stage;
import org.partyline.auth.license.issue.Issue;
import org.partyline.auth.license.issue.IssuerKey;
import org.partyline.auth.license.issue.KeyFamily;

/** The values that licenses are made of. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource({"4.2,4.2.0,0", "4.2.0.0,4.2,0", "4.10,4.9,1", "4.2.1,4.3,-1", "0,0.0.0.1,-1", "999999999,1,1"})
    void versions_compareByNumber(String one, String other, int expected) {
        int compared = ProductVersion.parse(one).compareTo(ProductVersion.parse(other));
        assertEquals(expected, Integer.signum(compared));
        assertEquals(expected == 0, ProductVersion.parse(one).equals(ProductVersion.parse(other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "1.", ".1", "1..2", "1.2.3.4.5", "1.2-beta", "1.x", " 1", "+1", "1000000000", "-1", "١"
            })
    void version_thatIsNone_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ProductVersion.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        ">=4.2.0 <6.0.0,4.2.0,true",
        ">=4.2.0 <6.0.0,4.1.9,false",
        ">=4.2.0 <6.0.0,5.9.9,true",
        ">=4.2.0 <6.0.0,6.0,false",
        "=4,4.0,true",
        "=4,4.0.1,false",
        ">4 <=5,4,false",
        ">4 <=5,5,true",
        ">4 <=5,5.0.1,false"
    })
    void range_holdsWhatKeepsAllBounds(String range, String version, boolean expected) {
        assertEquals(expected, VersionRange.parse(range).contains(ProductVersion.parse(version)));
        assertEquals(
                VersionRange.parse(range),
                VersionRange.parse(VersionRange.parse(range).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "4.2", ">= 4.2", ">=4.2  <6", ">=4.2 ", "~4", "=>4", "=1 =1 =1 =1 =1 =1 =1 =1 =1"})
    void range_thatIsNone_isRefused(String text) {
        assertEquals(8, VersionRange.parse("=1 =1 =1 =1 =1 =1 =1 =1").bounds().size());
        assertThrows(IllegalArgumentException.class, () -> VersionRange.parse(text));
    }

    @Test
    void product_isReadBack() {
        Product product = Product.of("acme-desk", "4.3.1");
        assertEquals(product, Product.parse(product.toString()));
        for (String wrong : List.of("", "acme", "acme/", "/1", "a b/1", "é/1", "x".repeat(65) + "/1", "a/1/2")) {
            assertThrows(IllegalArgumentException.class, () -> Product.parse(wrong), wrong);
        }
        assertEquals(64, Product.parse("x".repeat(64) + "/1").id().length());
    }

    @Test
    @DisplayName("each stage begins at its instant, without leeway")
    void stages_beginAtTheirInstants() {
        Timetable timetable = new Timetable(at(100), at(200), at(300));
        for (Object[] row : new Object[][] {
            {99, Stage.SILENT},
            {100, Stage.NOTICE},
            {101, Stage.NOTICE},
            {199, Stage.NOTICE},
            {200, Stage.FORCE},
            {201, Stage.FORCE},
            {299, Stage.FORCE},
            {300, Stage.CUTOFF},
            {301, Stage.CUTOFF}
        }) {
            assertEquals(row[1], timetable.stageAt(at((int) row[0])), "at " + row[0]);
        }
        assertThrows(IllegalArgumentException.class, () -> new Timetable(at(2), at(1), at(3)));
        assertThrows(IllegalArgumentException.class, () -> new Timetable(at(1), at(3), at(2)));
    }

    @Test
    void policy_isReadBack_andKnowsWhomItIsAbout() throws Exception {
        Authority authority = new Authority();
        NetworkPolicy policy = NetworkPolicy.parse(authority.policyToken(), authority.keys(7));
        assertEquals(authority.policy(19), policy);
        Instant notice = Authority.START;
        assertEquals(Stage.NOTICE, policy.stageAt(Product.of("acme-desk", "4.2.9"), notice));
        assertEquals(Stage.SILENT, policy.stageAt(Product.of("acme-desk", "4.3.0"), notice));
        assertEquals(Stage.SILENT, policy.stageAt(Product.of("other", "1"), notice));
        assertEquals(Stage.SILENT, policy.unlicensedStageAt(notice.minusSeconds(1)));
        assertEquals(Stage.NOTICE, policy.unlicensedStageAt(notice));
    }

    @Test
    void keysDocument_isReadBack() throws Exception {
        Authority authority = new Authority();
        assertEquals(authority.keys(7), KeysDocument.parse(authority.keysToken(), authority.roots()));
        KeysDocument.Entry entry = Issue.entry(authority.license);
        assertThrows(
                IllegalArgumentException.class,
                () -> new KeysDocument(Authority.ISSUER, at(1), at(2), 1, List.of(entry, entry)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new KeysDocument(Authority.ISSUER, at(2), at(2), 1, List.of(entry)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new KeysDocument(Authority.ISSUER, at(1), at(2), 1, Collections.nCopies(33, entry)));
    }

    @Test
    void terms_areBounded() {
        Authority authority = new Authority();
        assertThrows(IllegalArgumentException.class, () -> with(authority, Collections.nCopies(17, "n"), List.of()));
        assertThrows(IllegalArgumentException.class, () -> with(authority, List.of(), List.of()));
        List<PublicJwk> keys = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            keys.add(IssuerKey.generate(KeyFamily.PARTNER, "k" + i).publicKey());
        }
        assertEquals(
                8,
                with(authority, Collections.nCopies(16, "n"), keys)
                        .partnerKeys()
                        .size());
        keys.add(authority.partner.publicKey());
        assertThrows(IllegalArgumentException.class, () -> with(authority, List.of("n"), keys));
        keys.subList(1, 9).clear();
        keys.add(keys.get(0));
        assertThrows(IllegalArgumentException.class, () -> with(authority, List.of("n"), keys));
    }

    private static LicenseTerms with(Authority authority, List<String> audience, List<PublicJwk> keys) {
        LicenseTerms terms = authority.terms();
        return new LicenseTerms(
                terms.issuer(),
                terms.id(),
                1,
                audience,
                terms.issuedAt(),
                terms.notBefore(),
                terms.expiresAt(),
                terms.environment(),
                terms.profile(),
                terms.tier(),
                terms.partner(),
                terms.product(),
                Set.of(),
                Quota.UNSAID,
                terms.grace(),
                terms.offline(),
                keys,
                terms.status());
    }

    @Test
    void policy_isBounded() {
        NetworkPolicy policy = new Authority().policy(1);
        Map<String, Quota> tiers = new HashMap<>();
        Map<String, URI> contacts = new HashMap<>();
        for (int i = 0; i < 16; i++) {
            tiers.put("t" + i, Quota.UNSAID);
            contacts.put("c" + i, Authority.ISSUER);
        }
        assertEquals(16, with(policy, tiers, contacts).tiers().size());
        tiers.put("more", Quota.UNSAID);
        assertThrows(IllegalArgumentException.class, () -> with(policy, tiers, Map.of()));
        contacts.put("more", Authority.ISSUER);
        assertThrows(IllegalArgumentException.class, () -> with(policy, Map.of(), contacts));
    }

    private static NetworkPolicy with(NetworkPolicy policy, Map<String, Quota> tiers, Map<String, URI> contacts) {
        return new NetworkPolicy(
                policy.issuer(),
                policy.audience(),
                policy.issuedAt(),
                policy.expiresAt(),
                1,
                null,
                List.of(),
                List.of(),
                tiers,
                contacts);
    }

    @Test
    void statusList_isReadBack_fromTheLowestBitsOn() throws Exception {
        Authority authority = new Authority();
        StatusList list = StatusList.of(
                URI.create("https://license.net.example/status/1"),
                NOW,
                NOW.plusSeconds(1),
                Duration.ofMinutes(5),
                List.of(
                        StatusList.Entry.VALID,
                        StatusList.Entry.REVOKED,
                        StatusList.Entry.SUSPENDED,
                        StatusList.Entry.VALID,
                        StatusList.Entry.SUSPENDED));
        assertEquals(0b00_10_01_00, list.packed()[0]);
        StatusList read = StatusList.parse(Issue.status(list, authority.status), authority.keys(7));
        assertEquals(8, read.size());
        for (int i = 0; i < 8; i++) {
            assertEquals(i < 5 ? list.entry(i) : StatusList.Entry.VALID, read.entry(i));
        }
        assertEquals(Duration.ofMinutes(5), read.ttl());
        assertThrows(IndexOutOfBoundsException.class, () -> read.entry(8));
        assertThrows(IndexOutOfBoundsException.class, () -> read.entry(-1));
    }

    @Test
    @DisplayName("T9 a list inflates to 1 MiB, and not to a byte more")
    void statusList_isBounded() throws Exception {
        Authority authority = new Authority();
        assertEquals(
                4 << 20,
                StatusList.parse(list(authority, deflated(1 << 20)), authority.keys(7))
                        .size());
        assertMalformed(authority, deflated((1 << 20) + 1));
        assertMalformed(authority, deflated(5 << 20));
        byte[] right = deflated(100);
        byte[] more = Arrays.copyOf(right, right.length + 1);
        assertMalformed(authority, more);
        assertMalformed(authority, Arrays.copyOf(right, right.length - 1));
        assertMalformed(authority, new byte[] {1, 2, 3});
        assertMalformed(authority, new byte[0]);
        assertMalformed(authority, deflated(0));
    }

    @Test
    void statusValue_thatIsNotAssigned_isRevoked() throws Exception {
        Authority authority = new Authority();
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[] {(byte) 0xFF});
        deflater.finish();
        byte[] out = new byte[100];
        int length = deflater.deflate(out);
        deflater.end();
        StatusList list = StatusList.parse(list(authority, Arrays.copyOf(out, length)), authority.keys(7));
        assertEquals(StatusList.Entry.REVOKED, list.entry(0));
    }

    private static void assertMalformed(Authority authority, byte[] lst) {
        LicenseException e =
                assertThrows(LicenseException.class, () -> StatusList.parse(list(authority, lst), authority.keys(7)));
        assertEquals(LicenseCode.LICENSE_MALFORMED, e.code());
    }

    private static String list(Authority authority, byte[] lst) {
        String payload = Authority.segment(authority.statusToken(), 1)
                .replaceAll("\"lst\":\"[^\"]*\"", "\"lst\":\"" + Base64Url.encode(lst) + "\"");
        return Authority.sign(Authority.segment(authority.statusToken(), 0), payload, Authority.bare(authority.status));
    }

    private static byte[] deflated(int zeros) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(new byte[zeros]);
        deflater.finish();
        byte[] out = new byte[zeros / 500 + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    @Test
    void codes_ofNewerServers_areKept() {
        LicenseException known = LicenseException.told("RATE_LIMITED", "slow down")
                .with(Duration.ofSeconds(3), URI.create("https://x.example"), "e_81kQ");
        assertEquals(LicenseCode.RATE_LIMITED, known.code());
        assertFalse(known.terminal());
        assertEquals(Duration.ofSeconds(3), known.retryAfter().orElseThrow());
        assertEquals("e_81kQ", known.reference().orElseThrow());
        assertEquals("RATE_LIMITED: slow down", known.getMessage());
        LicenseException newer = LicenseException.told("FROM_THE_FUTURE", "");
        assertEquals(LicenseCode.UNKNOWN, newer.code());
        assertEquals("FROM_THE_FUTURE", newer.wireCode());
        assertEquals("A".repeat(64), LicenseException.told("A".repeat(64), "").wireCode());
        for (String wrong : List.of("", "a", "A B", "A".repeat(65), "A\n")) {
            assertEquals("UNKNOWN", LicenseException.told(wrong, "").wireCode());
        }
    }

    @Test
    void key_isReadBack_withoutWhatItNeedNotHave() throws Exception {
        PublicJwk key = new Authority().partner.publicKey();
        assertEquals(key, PublicJwk.parse(key.json()));
        assertEquals(key, PublicJwk.parse(key.json().replace("{", "{\"x5c\":[],\"use\":\"sig\",")));
        assertEquals("acme-1", key.kid().orElseThrow());
        assertEquals(43, key.thumbprint().length());
        assertNotEquals(key, new Authority().partner.publicKey());
        assertTrue(PublicJwk.parse(key.json() + " ".repeat(1024 - key.json().length()))
                .equals(key));
        for (String wrong : List.of(
                "",
                "{}",
                "[]",
                key.json().replace("{", "{\"d\":\"AA\","),
                key.json().replace("{", "{\"alg\":\"RS256\","),
                key.json() + " ".repeat(1025 - key.json().length()))) {
            LicenseException e = assertThrows(LicenseException.class, () -> PublicJwk.parse(wrong));
            assertEquals(LicenseCode.LICENSE_MALFORMED, e.code());
        }
    }

    @Test
    void roots_areTwoEd25519Keys() {
        Authority authority = new Authority();
        PublicJwk root = authority.root1.publicKey();
        assertThrows(IllegalArgumentException.class, () -> TrustRoots.of(root, root));
        assertThrows(IllegalArgumentException.class, () -> TrustRoots.of(root, authority.access.publicKey()));
        assertThrows(IllegalArgumentException.class, () -> TrustRoots.of(root, authority.instance.publicKey()));
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }
}
