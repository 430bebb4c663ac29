package org.partyline.auth.license.issue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.license.KeysDocument;
import org.partyline.auth.license.LicenseFeature;
import org.partyline.auth.license.LicenseTerms;
import org.partyline.auth.license.NetworkPolicy;
import org.partyline.auth.license.PublicJwk;
import org.partyline.auth.license.Timetable;

/** The claims of the documents that have many. */
final class LicenseWriter {
    private LicenseWriter() {}

    static Map<String, Object> license(LicenseTerms terms) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", terms.issuer().toString());
        claims.put("sub", terms.id());
        claims.put("aud", terms.audience());
        claims.put("iat", terms.issuedAt().getEpochSecond());
        claims.put("nbf", terms.notBefore().getEpochSecond());
        claims.put("exp", terms.expiresAt().getEpochSecond());
        claims.put("jti", terms.id() + "." + terms.revision());
        claims.put("lic", content(terms));
        claims.put(
                "status",
                Map.of(
                        "status_list",
                        members(
                                "idx", terms.status().index(),
                                "uri", terms.status().uri().toString())));
        return claims;
    }

    private static Map<String, Object> content(LicenseTerms terms) {
        Map<String, Object> lic = new LinkedHashMap<>();
        lic.put("v", 1);
        lic.put("env", terms.environment().name().toLowerCase(Locale.ROOT));
        lic.put("profile", terms.profile().name().toLowerCase(Locale.ROOT));
        lic.put("tier", terms.tier());
        lic.put(
                "partner",
                members(
                        "id", terms.partner().id(),
                        "name", terms.partner().name(),
                        "contact", terms.partner().contact().toString(),
                        "abuse", terms.partner().abuse().toString()));
        lic.put(
                "product",
                members(
                        "id", terms.product().id(),
                        "name", terms.product().name(),
                        "versions", terms.product().versions().toString(),
                        "platforms", terms.product().platforms()));
        lic.put(
                "features",
                new TreeSet<>(terms.features())
                        .stream().map(LicenseFeature::tokenName).toList());
        lic.put("quota", terms.quota().numbers());
        lic.put("grace_s", terms.grace().toSeconds());
        lic.put("offline_s", terms.offline().toSeconds());
        lic.put(
                "partner_keys",
                terms.partnerKeys().stream().map(LicenseWriter::jwk).toList());
        return lic;
    }

    static Map<String, Object> keys(KeysDocument document) {
        List<Map<String, Object>> keys = new ArrayList<>();
        for (KeysDocument.Entry entry : document.keys()) {
            Map<String, Object> key = jwk(entry.key());
            key.put("use", "sig");
            key.put("im_use", new TreeSet<>(entry.types()));
            keys.add(key);
        }
        return members(
                "iss", document.issuer().toString(),
                "iat", document.issuedAt().getEpochSecond(),
                "exp", document.expiresAt().getEpochSecond(),
                "seq", document.sequence(),
                "keys", keys);
    }

    static Map<String, Object> policy(NetworkPolicy policy) {
        Map<String, Object> claims = members(
                "iss", policy.issuer().toString(),
                "aud", policy.audience(),
                "iat", policy.issuedAt().getEpochSecond(),
                "exp", policy.expiresAt().getEpochSecond(),
                "seq", policy.sequence());
        NetworkPolicy.Unlicensed unlicensed = policy.unlicensed();
        if (unlicensed != null) {
            Map<String, Object> stages = timetable(unlicensed.timetable());
            stages.put("url", unlicensed.url().toString());
            claims.put("unlicensed", stages);
        }
        claims.put(
                "versions", policy.versions().stream().map(LicenseWriter::rule).toList());
        claims.put(
                "require",
                policy.requirements().stream()
                        .map(each -> members(
                                "cap", each.capability(), "from", each.from().getEpochSecond()))
                        .toList());
        Map<String, Object> tiers = new TreeMap<>();
        policy.tiers().forEach((name, quota) -> tiers.put(name, quota.numbers()));
        claims.put("tiers", tiers);
        Map<String, Object> contacts = new TreeMap<>();
        policy.contacts().forEach((role, address) -> contacts.put(role, address.toString()));
        claims.put("contacts", contacts);
        return claims;
    }

    private static Map<String, Object> rule(NetworkPolicy.VersionRule rule) {
        Map<String, Object> members = members(
                "product", rule.product(),
                "min", rule.minimum().toString(),
                "recommended", rule.recommended().toString());
        members.putAll(timetable(rule.timetable()));
        members.put("upgrade", rule.upgrade().toString());
        members.put("reason", rule.reason());
        return members;
    }

    private static Map<String, Object> timetable(Timetable timetable) {
        return members(
                "notice_at", timetable.noticeAt().getEpochSecond(),
                "force_at", timetable.forceAt().getEpochSecond(),
                "cutoff_at", timetable.cutoffAt().getEpochSecond());
    }

    static Map<String, Object> jwk(PublicJwk key) {
        return Jwk.checked(key.json()).members();
    }

    private static Map<String, Object> members(Object... pairs) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put((String) pairs[i], pairs[i + 1]);
        }
        return members;
    }
}
