package org.partyline.auth.license;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.Keys;
import org.partyline.auth.internal.jose.TokenType;

/** Reads the terms of a license off its token. */
final class LicenseReader {
    /** 100 years. */
    private static final long MOST_SECONDS = 100L * 366 * 24 * 3600;

    private static final Set<String> KNOWN = Set.of(
            "v",
            "env",
            "profile",
            "tier",
            "partner",
            "product",
            "features",
            "quota",
            "grace_s",
            "offline_s",
            "partner_keys",
            "must");

    private LicenseReader() {}

    static LicenseTerms read(String token, Keys keys) throws JoseException {
        JsonObject claims = Jws.verify(token, TokenType.LICENSE, keys);
        JsonObject lic = claims.object("lic");
        if (lic.integer("v") != 1) {
            throw JoseException.claim("v");
        }
        // What a newer issuer insists on, and this reader does not know, must not be passed over.
        if (lic.has("must") && !KNOWN.containsAll(lic.texts("must"))) {
            throw JoseException.claim("must");
        }
        String id = claims.text("sub");
        JsonObject status = claims.object("status").object("status_list");
        return new LicenseTerms(
                claims.web("iss"),
                id,
                revision(id, claims.text("jti")),
                claims.texts("aud"),
                claims.date("iat"),
                claims.date("nbf"),
                claims.date("exp"),
                named(LicenseTerms.Environment.class, lic, "env"),
                named(LicenseTerms.Profile.class, lic, "profile"),
                lic.text("tier"),
                partner(lic.object("partner")),
                product(lic.object("product")),
                LicenseFeature.named(lic.texts("features")),
                lic.has("quota") ? Quota.read(lic.object("quota")) : Quota.UNSAID,
                Duration.ofSeconds(lic.count("grace_s", MOST_SECONDS)),
                Duration.ofSeconds(lic.count("offline_s", MOST_SECONDS)),
                keys(lic),
                new LicenseTerms.StatusReference(status.web("uri"), (int) status.count("idx", Integer.MAX_VALUE)));
    }

    private static int revision(String id, String jti) throws JoseException {
        String digits = jti.startsWith(id + ".") ? jti.substring(id.length() + 1) : "";
        if (digits.isEmpty()
                || digits.length() > 9
                || digits.startsWith("0")
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw JoseException.claim("jti");
        }
        return Integer.parseInt(digits);
    }

    private static <E extends Enum<E>> E named(Class<E> type, JsonObject object, String name) throws JoseException {
        String text = object.text(name);
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        throw JoseException.claim(name);
    }

    private static Partner partner(JsonObject object) throws JoseException {
        return new Partner(
                object.text("id"),
                object.text("name"),
                Documents.reachable(object, "contact"),
                Documents.reachable(object, "abuse"));
    }

    private static LicensedProduct product(JsonObject object) throws JoseException {
        return new LicensedProduct(
                object.text("id"),
                object.text("name"),
                VersionRange.parse(object.text("versions")),
                object.texts("platforms"));
    }

    private static List<PublicJwk> keys(JsonObject lic) throws JoseException {
        List<PublicJwk> keys = new ArrayList<>();
        if (lic.has("partner_keys")) {
            for (JsonObject each : lic.objects("partner_keys")) {
                keys.add(new PublicJwk(Jwk.read(each)));
            }
        }
        return keys;
    }
}
