package org.partyline.auth.license.issue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.partyline.auth.internal.jose.Base64Url;
import org.partyline.auth.internal.jose.Json;
import org.partyline.auth.internal.jose.TokenType;
import org.partyline.auth.license.KeysDocument;
import org.partyline.auth.license.LicenseFeature;
import org.partyline.auth.license.LicenseTerms;
import org.partyline.auth.license.NetworkPolicy;
import org.partyline.auth.license.StatusList;
import org.partyline.auth.license.token.AccessClaims;
import org.partyline.auth.license.token.Attestation;

/**
 * Signs documents and tokens. Each method throws {@link IllegalArgumentException} if the key is of another family, or if what is
 * to be signed is longer than a verifier takes (8,192 characters).
 */
public final class Issue {
    private Issue() {}

    /**
     * {@return a license}
     *
     * @param terms what it says
     * @param key of {@link KeyFamily#LICENSE}
     */
    public static String license(LicenseTerms terms, IssuerKey key) {
        return key.sign(TokenType.LICENSE, LicenseWriter.license(terms));
    }

    /**
     * {@return the list of the operator's keys}
     *
     * @param keys the keys
     * @param root of {@link KeyFamily#ROOT}
     */
    public static String keys(KeysDocument keys, IssuerKey root) {
        return root.sign(TokenType.KEYS, LicenseWriter.keys(keys));
    }

    /**
     * {@return an entry of the list of keys: the key, for all that its family signs}
     *
     * @param key the key
     */
    public static KeysDocument.Entry entry(IssuerKey key) {
        return new KeysDocument.Entry(key.publicKey(), key.family().types());
    }

    /**
     * {@return a network's policy}
     *
     * @param policy what it says
     * @param key of {@link KeyFamily#LICENSE}
     */
    public static String policy(NetworkPolicy policy, IssuerKey key) {
        return key.sign(TokenType.POLICY, LicenseWriter.policy(policy));
    }

    /**
     * {@return a status list}
     *
     * @param list how licenses stand
     * @param key of {@link KeyFamily#STATUS}
     */
    public static String status(StatusList list, IssuerKey key) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("bits", 2);
        entries.put("lst", Base64Url.encode(deflate(list.packed())));
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", list.uri().toString());
        claims.put("iat", list.issuedAt().getEpochSecond());
        claims.put("exp", list.expiresAt().getEpochSecond());
        claims.put("ttl", list.ttl().toSeconds());
        claims.put("status_list", entries);
        return key.sign(TokenType.STATUS, claims);
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return deflated.toByteArray();
    }

    /**
     * {@return an access token}
     *
     * @param claims what it says
     * @param key of {@link KeyFamily#ACCESS}, and of this network alone
     */
    public static String accessToken(AccessClaims claims, IssuerKey key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("iss", claims.issuer().toString());
        members.put("aud", claims.audience());
        members.put("sub", claims.instance());
        members.put("client_id", claims.instance());
        members.put("jid", claims.jid());
        members.put("iat", claims.issuedAt().getEpochSecond());
        members.put("nbf", claims.notBefore().getEpochSecond());
        members.put("exp", claims.expiresAt().getEpochSecond());
        members.put("jti", claims.id());
        members.put("lic", claims.license());
        members.put("rev", claims.revision());
        members.put("prd", claims.product().toString());
        members.put("tier", claims.tier());
        members.put("res", claims.resource());
        members.put(
                "scope",
                new TreeSet<>(claims.scope())
                        .stream().map(LicenseFeature::tokenName).collect(Collectors.joining(" ")));
        members.put("cnf", Map.of("jkt", claims.thumbprint()));
        return key.sign(TokenType.ACCESS, members);
    }

    /**
     * {@return what a partner's backend says of an installation}
     *
     * @param attestation what it says
     * @param key of {@link KeyFamily#PARTNER}
     */
    public static String attestation(Attestation attestation, IssuerKey key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("sub", attestation.license());
        members.put("iat", attestation.issuedAt().getEpochSecond());
        members.put("exp", attestation.expiresAt().getEpochSecond());
        members.put("prd", attestation.product().id());
        members.put("ver", attestation.product().version().toString());
        members.put("cnf", Map.of("jwk", LicenseWriter.jwk(attestation.key())));
        members.put("att", Map.of("kind", attestation.evidence().tokenName()));
        return key.sign(TokenType.ATTESTATION, members);
    }

    /**
     * {@return the end of the operator's log up to now: whoever has it can tell whether what came before was changed}
     *
     * @param issuer whose log it is
     * @param now when
     * @param sequence the number of the last entry
     * @param hash the hash of the last entry, printable
     * @param key of {@link KeyFamily#STATUS}
     */
    public static String auditCheckpoint(URI issuer, Instant now, long sequence, String hash, IssuerKey key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("iss", issuer.toString());
        members.put("iat", now.getEpochSecond());
        members.put("seq", sequence);
        members.put("h", hash);
        return key.sign(TokenType.AUDIT_CHECKPOINT, members);
    }

    /**
     * {@return the text of the file that a partner ships with its product}
     *
     * @param license the license
     * @param keys the list of the operator's keys
     * @param policy the network's policy
     * @param status the status list
     */
    public static String bundle(String license, String keys, String policy, String status) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("v", 1);
        members.put("license", license);
        members.put("keys", keys);
        members.put("policy", policy);
        members.put("status", status);
        return Json.write(members);
    }
}
