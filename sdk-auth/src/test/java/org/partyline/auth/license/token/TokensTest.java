package org.partyline.auth.license.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.auth.license.Authority.ISSUER;
import static org.partyline.auth.license.Authority.NETWORK;
import static org.partyline.auth.license.Authority.NOW;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.internal.jose.TokenType;
import org.partyline.auth.license.Authority;
import org.partyline.auth.license.LicenseCode;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.Product;
import org.partyline.auth.license.issue.Issue;
import org.partyline.auth.license.issue.IssuerKey;
import org.partyline.auth.license.issue.KeyFamily;

/** Access tokens, attestations and proofs, on both sides. */
class TokensTest {
    private static final URI TOKENS = URI.create("https://license.net.example/token");
    private final Authority authority = new Authority();
    private final String at = authority.accessToken();
    private Instant now = NOW;
    private Instant clients = NOW;
    private final Proofs proofs = Proofs.of(authority.instance, () -> clients);
    private final ReplayCache used = ReplayCache.inMemory(100);
    private final AccessVerifier verifier =
            AccessVerifier.of(ISSUER, NETWORK, List.of(authority.access.publicKey()), used, () -> now);
    private final ProofVerifier requests = ProofVerifier.of(used, () -> now);

    @Test
    void accessToken_isReadBack() throws Exception {
        assertEquals(authority.claims(), verifier.token(at));
        assertEquals(authority.claims(), verifier.sasl(at, proofs.sasl(NETWORK, at)));
        URI target = URI.create("https://license.net.example/explain?q=1#f");
        assertEquals(
                authority.claims(), verifier.dpop(at, proofs.dpop("POST", target, at, "n1"), "POST", target, "n1"));
    }

    @ParameterizedTest
    @DisplayName("C16 a token is taken 60 s before it begins and up to 60 s after it ends, and no second more")
    @CsvSource({"-121,false", "-120,true", "-119,true", "359,true", "360,false", "361,false"})
    void accessToken_hasALeewayOf60Seconds(long second, boolean good) throws Exception {
        // It begins 60 s before NOW and ends 300 s after, and was issued in between.
        AccessClaims claims = authority.claims();
        AccessClaims issuedEarly = new AccessClaims(
                claims.issuer(),
                claims.audience(),
                claims.instance(),
                null,
                NOW.minusSeconds(60),
                claims.notBefore(),
                claims.expiresAt(),
                claims.id(),
                claims.license(),
                claims.revision(),
                claims.product(),
                claims.tier(),
                claims.resource(),
                claims.scope(),
                claims.thumbprint());
        now = NOW.plusSeconds(second);
        String token = Issue.accessToken(issuedEarly, authority.access);
        if (good) {
            assertEquals(issuedEarly, verifier.token(token));
        } else {
            assertRefused(LicenseCode.PROOF_INVALID, () -> verifier.token(token));
        }
    }

    @ParameterizedTest
    @DisplayName("C12 C16 a proof is taken when it is at most 60 s from now, before or after")
    @CsvSource({"-61,false", "-60,true", "-59,true", "0,true", "59,true", "60,true", "61,false"})
    void proof_hasALeewayOf60Seconds(long second, boolean good) {
        clients = NOW.plusSeconds(second);
        Executable sasl = () -> verifier.sasl(at, proofs.sasl(NETWORK, at));
        Executable dpop = () -> requests.dpop(proofs.dpop("POST", TOKENS, null, null), "POST", TOKENS, null, null);
        for (Executable each : List.of(sasl, dpop)) {
            if (good) {
                assertDoesNotThrow(each);
            } else {
                assertRefused(LicenseCode.PROOF_INVALID, each);
            }
        }
    }

    @Test
    @DisplayName("C12 a token with somebody else's proof, another token's, another network's or none is refused")
    void proof_thatDoesNotBelong_isRefused() {
        Proofs thief = Proofs.of(InstanceKey.generate(), () -> NOW);
        assertRefused(LicenseCode.PROOF_INVALID, () -> verifier.sasl(at, thief.sasl(NETWORK, at)));
        assertRefused(LicenseCode.PROOF_INVALID, () -> verifier.sasl(at, proofs.sasl("xmpp:other.example", at)));
        assertRefused(LicenseCode.PROOF_INVALID, () -> verifier.sasl(at, proofs.sasl(NETWORK, at + "A")));
        assertRefused(LicenseCode.LICENSE_MALFORMED, () -> verifier.sasl(at, ""));
        assertRefused(LicenseCode.LICENSE_MALFORMED, () -> verifier.sasl(at, at));
        String proof = proofs.sasl(NETWORK, at);
        String flipped = proof.substring(0, proof.lastIndexOf('.') + 1) + "A".repeat(86);
        assertRefused(LicenseCode.PROOF_INVALID, () -> verifier.sasl(at, flipped));
    }

    @Test
    @DisplayName("C13 a proof is good once, and nobody else can use it up")
    void proof_isGoodOnce() throws Exception {
        String proof = proofs.sasl(NETWORK, at);
        assertRefused(LicenseCode.PROOF_INVALID, () -> verifier.sasl(at, proofs.sasl("xmpp:other.example", at)));
        verifier.sasl(at, proof);
        assertRefused(LicenseCode.PROOF_REPLAYED, () -> verifier.sasl(at, proof));
        verifier.sasl(at, proofs.sasl(NETWORK, at));

        // A proof from a clock that is fast is still good two minutes later, so it has to be remembered until then.
        clients = NOW.plusSeconds(60);
        String fast = proofs.sasl(NETWORK, at);
        verifier.sasl(at, fast);
        now = NOW.plusSeconds(120);
        assertRefused(LicenseCode.PROOF_REPLAYED, () -> verifier.sasl(at, fast));
        now = NOW.plusSeconds(121);
        assertRefused(LicenseCode.PROOF_INVALID, () -> verifier.sasl(at, fast));
    }

    @Test
    void request_isWhatTheProofSays() throws Exception {
        String proof = proofs.dpop("POST", URI.create("https://License.net.example:443/token?a=b"), null, null);
        assertEquals(authority.instance.thumbprint(), requests.dpop(proof, "POST", TOKENS, null, null));
        assertRefused(
                LicenseCode.PROOF_INVALID,
                () -> requests.dpop(proofs.dpop("GET", TOKENS, null, null), "POST", TOKENS, null, null));
        for (String other : List.of(
                "https://license.net.example/Token",
                "http://license.net.example/token",
                "https://license.net.example:444/token",
                "https://license.net.example/token/",
                "https://net.example/token")) {
            assertRefused(
                    LicenseCode.PROOF_INVALID,
                    () -> requests.dpop(
                            proofs.dpop("POST", URI.create(other), null, null), "POST", TOKENS, null, null));
        }
        assertRefused(
                LicenseCode.PROOF_INVALID,
                () -> requests.dpop(proofs.dpop("POST", TOKENS, null, null), "POST", TOKENS, null, "n1"));
        assertRefused(
                LicenseCode.PROOF_INVALID,
                () -> requests.dpop(proofs.dpop("POST", TOKENS, null, "n0"), "POST", TOKENS, null, "n1"));
        assertRefused(
                LicenseCode.LICENSE_MALFORMED,
                () -> requests.dpop(proofs.dpop("POST", TOKENS, null, null), "POST", TOKENS, at, null));
    }

    @Test
    void accessToken_ofOthers_isRefused() {
        AccessVerifier elsewhere =
                AccessVerifier.of(ISSUER, "xmpp:other.example", List.of(authority.access.publicKey()), used, () -> now);
        AccessVerifier byAnother = AccessVerifier.of(
                URI.create("https://other.example"), NETWORK, List.of(authority.access.publicKey()), used, () -> now);
        IssuerKey other = IssuerKey.generate(KeyFamily.ACCESS, authority.access.kid());
        AccessVerifier anotherKey = AccessVerifier.of(ISSUER, NETWORK, List.of(other.publicKey()), used, () -> now);
        for (AccessVerifier each : List.of(elsewhere, byAnother, anotherKey)) {
            assertRefused(LicenseCode.PROOF_INVALID, () -> each.token(at));
        }
        AccessVerifier overlap = AccessVerifier.of(
                ISSUER,
                NETWORK,
                List.of(IssuerKey.generate(KeyFamily.ACCESS, "next").publicKey(), authority.access.publicKey()),
                used,
                () -> now);
        assertEquals("ins_9fK2", accept(() -> overlap.token(at)).instance());
    }

    @Test
    void accessToken_withOddClaims_isMalformed() {
        String payload = Authority.segment(at, 1);
        List<String> wrong = new ArrayList<>();
        for (String name : List.of(
                "iss",
                "aud",
                "sub",
                "client_id",
                "iat",
                "nbf",
                "exp",
                "jti",
                "lic",
                "rev",
                "prd",
                "tier",
                "res",
                "scope",
                "cnf",
                "jkt")) {
            wrong.add(payload.replace("\"" + name + "\":", "\"x\":"));
            wrong.add(payload.replace("\"" + name + "\":", "\"" + name + "\":[],\"x\":"));
        }
        wrong.add(payload.replaceAll("\"exp\":(\\d+)", "\"exp\":\"$1\""));
        wrong.add(payload.replaceAll("\"exp\":(\\d+)", "\"exp\":$1.5"));
        wrong.add(payload.replace("\"t2.7Q2M4", "\"t9.7Q2M4"));
        wrong.add(payload.replace("\"client_id\":\"ins_9fK2\"", "\"client_id\":\"ins_other\""));
        wrong.add(payload.replace("acme-desk/4.3.1", "acme-desk"));
        wrong.add(payload.replace("\"jid\":\"alice@net.example\"", "\"jid\":1"));
        for (String each : wrong) {
            assertNotEquals(payload, each);
            String token = Authority.sign(Authority.segment(at, 0), each, Authority.bare(authority.access));
            assertRefused(LicenseCode.LICENSE_MALFORMED, () -> verifier.token(token));
        }
    }

    @Test
    void revisions_areBounded() throws Exception {
        String payload = Authority.segment(at, 1);
        for (String revision : List.of("999999999", "1000000000", "0")) {
            String token = Authority.sign(
                    Authority.segment(at, 0),
                    payload.replace("\"rev\":3", "\"rev\":" + revision),
                    Authority.bare(authority.access));
            if (revision.startsWith("9")) {
                assertEquals(999_999_999, verifier.token(token).revision());
            } else {
                assertRefused(LicenseCode.LICENSE_MALFORMED, () -> verifier.token(token));
            }
        }
    }

    @Test
    void attestation_isReadBack_fromItsHolder() throws Exception {
        AttestationVerifier attestations = AttestationVerifier.of(authority.terms(), used, () -> now);
        String attestation = Issue.attestation(authority.attestation(), authority.partner);
        String proof = proofs.attestation(ISSUER, "c1");
        assertEquals(authority.attestation(), attestations.verify(attestation, proof, ISSUER, "c1"));
        assertRefused(LicenseCode.PROOF_REPLAYED, () -> attestations.verify(attestation, proof, ISSUER, "c1"));
        assertRefused(
                LicenseCode.PROOF_INVALID,
                () -> attestations.verify(attestation, proofs.attestation(ISSUER, "c0"), ISSUER, "c1"));
        assertRefused(
                LicenseCode.PROOF_INVALID,
                () -> attestations.verify(attestation, proofs.attestation(TOKENS, "c1"), ISSUER, "c1"));
        assertRefused(
                LicenseCode.PROOF_INVALID,
                () -> attestations.verify(
                        attestation,
                        Proofs.of(InstanceKey.generate(), () -> NOW).attestation(ISSUER, "c1"),
                        ISSUER,
                        "c1"));
        clients = NOW.plusSeconds(61);
        assertRefused(
                LicenseCode.PROOF_INVALID,
                () -> attestations.verify(attestation, proofs.attestation(ISSUER, "c1"), ISSUER, "c1"));
    }

    @Test
    void attestation_thatDoesNotHold_isRefused() {
        AttestationVerifier attestations = AttestationVerifier.of(authority.terms(), used, () -> now);
        IssuerKey forger = IssuerKey.generate(KeyFamily.PARTNER, "acme-1");
        assertRefused(
                LicenseCode.INSTANCE_BARRED,
                () -> attestations.verify(
                        Issue.attestation(authority.attestation(), forger),
                        proofs.attestation(ISSUER, "c"),
                        ISSUER,
                        "c"));
        for (Product product : List.of(Product.of("other", "4.3.1"), Product.of("acme-desk", "4.1"))) {
            Attestation wrong = new Attestation(
                    "lic_7Q2M4",
                    NOW,
                    NOW.plusSeconds(1),
                    product,
                    authority.instance.publicKey(),
                    Attestation.Evidence.TPM);
            assertRefused(
                    LicenseCode.PRODUCT_MISMATCH,
                    () -> attestations.verify(
                            Issue.attestation(wrong, authority.partner), proofs.attestation(ISSUER, "c"), ISSUER, "c"));
        }
        String attestation = Issue.attestation(authority.attestation(), authority.partner);
        for (long second : new long[] {-61, 24 * 3600 + 60}) {
            now = NOW.plusSeconds(second);
            assertRefused(
                    LicenseCode.INSTANCE_BARRED,
                    () -> attestations.verify(attestation, proofs.attestation(ISSUER, "c"), ISSUER, "c"));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new Attestation(
                        "lic",
                        NOW,
                        NOW.plus(Duration.ofDays(1)).plusNanos(1),
                        Authority.PRODUCT,
                        authority.instance.publicKey(),
                        Attestation.Evidence.NONE));
    }

    @Test
    void attestation_overADay_isMalformed() {
        AttestationVerifier attestations = AttestationVerifier.of(authority.terms(), used, () -> now);
        String attestation = Issue.attestation(authority.attestation(), authority.partner);
        String payload = Authority.segment(attestation, 1)
                .replace(
                        "\"exp\":" + NOW.plusSeconds(86_400).getEpochSecond(),
                        "\"exp\":" + NOW.plusSeconds(86_401).getEpochSecond());
        String longer = Authority.sign(Authority.segment(attestation, 0), payload, Authority.bare(authority.partner));
        assertRefused(
                LicenseCode.LICENSE_MALFORMED,
                () -> attestations.verify(longer, proofs.attestation(ISSUER, "c"), ISSUER, "c"));
    }

    @Test
    void cache_isBounded_andForgetsWhatEnded() {
        ReplayCache cache = ReplayCache.inMemory(2);
        assertTrue(cache.firstUse("a", NOW, NOW.plusSeconds(10)));
        assertTrue(cache.firstUse("b", NOW, NOW.plusSeconds(20)));
        assertFalse(cache.firstUse("c", NOW, NOW.plusSeconds(20)), "there is no room");
        assertFalse(cache.firstUse("a", NOW.plusSeconds(10), NOW.plusSeconds(30)));
        assertTrue(cache.firstUse("c", NOW.plusSeconds(10).plusNanos(1), NOW.plusSeconds(30)));
        assertFalse(cache.firstUse("b", NOW.plusSeconds(11), NOW.plusSeconds(30)));
        assertThrows(IllegalArgumentException.class, () -> ReplayCache.inMemory(0));
    }

    @Test
    void ids_ofProofs_areBounded() throws Exception {
        assertEquals(
                authority.instance.thumbprint(), requests.dpop(withId("j".repeat(128)), "POST", TOKENS, null, null));
        assertRefused(
                LicenseCode.LICENSE_MALFORMED,
                () -> requests.dpop(withId("j".repeat(129)), "POST", TOKENS, null, null));
        AttestationVerifier attestations = AttestationVerifier.of(authority.terms(), used, () -> now);
        String attestation = Issue.attestation(authority.attestation(), authority.partner);
        String longest = authority.instance.sign(TokenType.ATTESTATION_PROOF, claims("j".repeat(128)));
        // With the same id and key the one above is remembered, whatever it was for.
        assertRefused(LicenseCode.PROOF_REPLAYED, () -> attestations.verify(attestation, longest, ISSUER, "c"));
        String more = authority.instance.sign(TokenType.ATTESTATION_PROOF, claims("j".repeat(129)));
        assertRefused(LicenseCode.LICENSE_MALFORMED, () -> attestations.verify(attestation, more, ISSUER, "c"));
    }

    private String withId(String id) {
        return authority.instance.sign(TokenType.DPOP, claims(id));
    }

    private static Map<String, Object> claims(String id) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", id);
        claims.put("iat", NOW.getEpochSecond());
        claims.put("htm", "POST");
        claims.put("htu", TOKENS.toString());
        claims.put("aud", ISSUER.toString());
        claims.put("challenge", "c");
        return claims;
    }

    @Test
    void instanceKey_isStored_wiped_andNotShown() throws Exception {
        InstanceKey key = InstanceKey.generate();
        byte[] stored = key.encode();
        assertEquals(33, stored.length);
        assertEquals(key.thumbprint(), InstanceKey.decode(stored).thumbprint());
        assertArrayEquals(stored, InstanceKey.decode(stored).encode());
        assertEquals(key.thumbprint(), key.publicKey().thumbprint());
        assertFalse(key.toString().contains(HexFormat.of().formatHex(stored, 1, 33)));
        assertFalse(key.publicKey().json().contains("\"d\""));
        key.wipe();
        assertThrows(IllegalStateException.class, key::encode);
        assertThrows(
                IllegalStateException.class, () -> Proofs.of(key, () -> NOW).sasl(NETWORK, at));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "02", "010203"})
    void storedKey_thatIsNone_isRefused(String hex) {
        byte[] stored = HexFormat.of().parseHex(hex);
        assertRefused(LicenseCode.LICENSE_MALFORMED, () -> InstanceKey.decode(stored));
        byte[] other = InstanceKey.generate().encode();
        other[0] = 2;
        assertRefused(LicenseCode.LICENSE_MALFORMED, () -> InstanceKey.decode(other));
        assertRefused(LicenseCode.LICENSE_MALFORMED, () -> InstanceKey.decode(new byte[33]));
    }

    @Test
    void proofs_areNeverTheSame() {
        assertEquals(
                50,
                Set.copyOf(Stream.generate(() -> proofs.sasl(NETWORK, at))
                                .limit(50)
                                .toList())
                        .size());
    }

    @Test
    @DisplayName("C36 no message holds a token")
    void messages_holdNoToken() {
        String proof = Proofs.of(InstanceKey.generate(), () -> NOW).sasl(NETWORK, at);
        LicenseException e = assertThrows(LicenseException.class, () -> verifier.sasl(at, proof));
        for (String segment : (at + "." + proof).split("\\.", -1)) {
            assertFalse(String.valueOf(e.getMessage()).contains(segment));
        }
    }

    private interface Accepting {
        AccessClaims get() throws LicenseException;
    }

    private static AccessClaims accept(Accepting reading) {
        try {
            return reading.get();
        } catch (LicenseException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(LicenseCode code, Executable reading) {
        LicenseException e = assertThrows(LicenseException.class, reading);
        assertEquals(code, e.code(), e.getMessage());
    }
}
