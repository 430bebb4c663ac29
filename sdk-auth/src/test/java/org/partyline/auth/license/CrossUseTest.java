package org.partyline.auth.license;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.partyline.auth.license.Authority.ISSUER;
import static org.partyline.auth.license.Authority.NETWORK;
import static org.partyline.auth.license.Authority.NOW;

import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.partyline.auth.internal.crypto.SigningKey;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JoseException.Reason;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.Keys;
import org.partyline.auth.internal.jose.TokenType;
import org.partyline.auth.license.issue.Issue;
import org.partyline.auth.license.issue.IssuerKey;
import org.partyline.auth.license.token.AccessVerifier;
import org.partyline.auth.license.token.AttestationVerifier;
import org.partyline.auth.license.token.ProofVerifier;
import org.partyline.auth.license.token.Proofs;
import org.partyline.auth.license.token.ReplayCache;

/** Tokens in the place of others. */
class CrossUseTest {
    private static final InstantSource CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final URI TOKENS = URI.create("https://license.net.example/token");
    private final Authority authority = new Authority();
    private final Proofs proofs = Proofs.of(authority.instance, CLOCK);

    private Map<TokenType, String> tokens() {
        Map<TokenType, String> tokens = new EnumMap<>(TokenType.class);
        tokens.put(TokenType.KEYS, authority.keysToken());
        tokens.put(TokenType.LICENSE, authority.licenseToken());
        tokens.put(TokenType.POLICY, authority.policyToken());
        tokens.put(TokenType.STATUS, authority.statusToken());
        tokens.put(TokenType.AUDIT_CHECKPOINT, Issue.auditCheckpoint(ISSUER, NOW, 118, "sha256:00", authority.status));
        tokens.put(TokenType.ACCESS, authority.accessToken());
        tokens.put(TokenType.ATTESTATION, Issue.attestation(authority.attestation(), authority.partner));
        tokens.put(
                TokenType.SELF_CHECK,
                Jws.sign(
                        TokenType.SELF_CHECK,
                        Authority.bare(authority.partner),
                        authority.partner.kid(),
                        Map.of("suite", "2026.2")));
        tokens.put(TokenType.ATTESTATION_PROOF, proofs.attestation(ISSUER, "c"));
        tokens.put(TokenType.SASL_PROOF, proofs.sasl(NETWORK, authority.accessToken()));
        tokens.put(TokenType.DPOP, proofs.dpop("POST", TOKENS, null, null));
        return tokens;
    }

    @Test
    @DisplayName("C05 none of 11 types passes for any of the other 10, even where every key is trusted for all")
    void type_isNeverAnother() throws Exception {
        Map<TokenType, String> tokens = tokens();
        assertEquals(TokenType.values().length, tokens.size());
        Keys all = Keys.of(
                List.of(authority.root1, authority.license, authority.status, authority.access, authority.partner)
                        .stream()
                        .map(CrossUseTest::jwk)
                        .toList(),
                TokenType.values());
        Jwk instance = Jws.verifyProof(proofs.dpop("POST", TOKENS, null, null), TokenType.DPOP)
                .key();
        int pairs = 0;
        for (Map.Entry<TokenType, String> offered : tokens.entrySet()) {
            for (TokenType expected : TokenType.values()) {
                if (expected == offered.getKey()) {
                    read(offered.getValue(), expected, all, instance);
                } else {
                    pairs++;
                    JoseException e =
                            assertThrows(JoseException.class, () -> read(offered.getValue(), expected, all, instance));
                    assertEquals(Reason.TYPE, e.reason(), offered.getKey() + " as " + expected);
                }
            }
        }
        assertEquals(110, pairs);
    }

    private static Object read(String token, TokenType type, Keys all, Jwk instance) throws JoseException {
        return switch (type) {
            case SASL_PROOF, DPOP -> Jws.verifyProof(token, type);
            case ATTESTATION_PROOF -> Jws.verify(token, type, instance);
            default -> Jws.verify(token, type, all);
        };
    }

    @Test
    @DisplayName("C05 what applications and servers call accepts its own type and no other")
    void doors_areForOneTypeEach() throws Throwable {
        Map<TokenType, String> tokens = tokens();
        for (Map.Entry<TokenType, String> offered : tokens.entrySet()) {
            for (Map.Entry<TokenType, Executable> door :
                    doors(offered.getValue()).entrySet()) {
                if (door.getKey() == offered.getKey()) {
                    door.getValue().execute();
                } else {
                    LicenseException e = assertThrows(
                            LicenseException.class, door.getValue(), offered.getKey() + " as " + door.getKey());
                    assertEquals(LicenseCode.LICENSE_MALFORMED, e.code());
                }
            }
        }
    }

    private Map<TokenType, Executable> doors(String token) {
        KeysDocument keys = authority.keys(7);
        ReplayCache used = ReplayCache.inMemory(10);
        ProofVerifier verifier = ProofVerifier.of(used, CLOCK);
        AttestationVerifier attestations = AttestationVerifier.of(authority.terms(), used, CLOCK);
        Map<TokenType, Executable> doors = new EnumMap<>(TokenType.class);
        doors.put(TokenType.KEYS, () -> KeysDocument.parse(token, authority.roots()));
        doors.put(TokenType.LICENSE, () -> authority.parse(token));
        doors.put(TokenType.POLICY, () -> NetworkPolicy.parse(token, keys));
        doors.put(TokenType.STATUS, () -> StatusList.parse(token, keys));
        doors.put(
                TokenType.ACCESS,
                () -> AccessVerifier.of(ISSUER, NETWORK, List.of(authority.access.publicKey()), used, CLOCK)
                        .token(token));
        doors.put(
                TokenType.ATTESTATION, () -> attestations.verify(token, proofs.attestation(ISSUER, "c"), ISSUER, "c"));
        doors.put(
                TokenType.ATTESTATION_PROOF,
                () -> attestations.verify(
                        Issue.attestation(authority.attestation(), authority.partner), token, ISSUER, "c"));
        doors.put(TokenType.SASL_PROOF, () -> verifier.sasl(token, NETWORK, authority.accessToken()));
        doors.put(TokenType.DPOP, () -> verifier.dpop(token, "POST", TOKENS, null, null));
        return doors;
    }

    @Test
    @DisplayName("C04 C05 the right type with a right signature by a key of another family is refused")
    void family_isNeverAnother() {
        KeysDocument keys = authority.keys(7);
        for (IssuerKey wrong : List.of(authority.root1, authority.status, authority.access, authority.partner)) {
            assertUnsigned(() -> authority.parse(resigned(authority.licenseToken(), wrong)));
            assertUnsigned(() -> NetworkPolicy.parse(resigned(authority.policyToken(), wrong), keys));
        }
        for (IssuerKey wrong : List.of(authority.root1, authority.license, authority.access, authority.partner)) {
            assertUnsigned(() -> StatusList.parse(resigned(authority.statusToken(), wrong), keys));
        }
        for (IssuerKey wrong : List.of(authority.license, authority.status, authority.access, authority.partner)) {
            assertUnsigned(() -> KeysDocument.parse(resigned(authority.keysToken(), wrong), authority.roots()));
        }
    }

    /** {@return the same claims, rightly signed by another key under its own name} */
    private static String resigned(String token, IssuerKey key) {
        SigningKey bare = Authority.bare(key);
        String alg = key.kid().startsWith("at") || key.kid().startsWith("acme") ? "ES256" : "EdDSA";
        String header = Authority.segment(token, 0)
                .replaceAll("\"alg\":\"\\w+\"", "\"alg\":\"" + alg + "\"")
                .replaceAll("\"kid\":\"[^\"]+\"", "\"kid\":\"" + key.kid() + "\"");
        return Authority.sign(header, Authority.segment(token, 1), bare);
    }

    private static void assertUnsigned(Executable reading) {
        LicenseException e = assertThrows(LicenseException.class, reading);
        assertEquals(LicenseCode.LICENSE_SIGNATURE, e.code(), e.getMessage());
    }

    private static Jwk jwk(IssuerKey key) {
        return key.publicKey().jwk();
    }
}
