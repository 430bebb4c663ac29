package org.partyline.auth.license.token;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.license.LicenseFeature;
import org.partyline.auth.license.Product;

/**
 * What an access token says (RFC 9068).
 *
 * @param issuer who issued it, by https
 * @param audience the network, such as {@code xmpp:net.example}
 * @param instance the installation's id
 * @param jid the user's bare address, or null if who issued it did not see who the user is
 * @param issuedAt when it was issued, to the second
 * @param notBefore when it begins
 * @param expiresAt when it ends
 * @param id its own id
 * @param license the license's id
 * @param revision the license's revision
 * @param product the product
 * @param tier the tier
 * @param resource the resource that the session has to bind; begins with the tier and a dot
 * @param scope what is allowed
 * @param thumbprint of the key that proofs are made with (RFC 9449 section 6.1)
 */
public record AccessClaims(
        URI issuer,
        String audience,
        String instance,
        @Nullable String jid,
        Instant issuedAt,
        Instant notBefore,
        Instant expiresAt,
        String id,
        String license,
        int revision,
        Product product,
        String tier,
        String resource,
        Set<LicenseFeature> scope,
        String thumbprint) {

    private static final int MOST_REVISIONS = 999_999_999;

    /**
     * Checks what depends on each other.
     *
     * @throws IllegalArgumentException if it ends before it begins, the revision is below 1, or the resource is not the tier's
     */
    public AccessClaims {
        if (!notBefore.isBefore(expiresAt) || revision < 1) {
            throw new IllegalArgumentException("a token ends after it begins");
        }
        if (!resource.startsWith(tier + ".")) {
            throw new IllegalArgumentException("a resource begins with its tier");
        }
        scope = Set.copyOf(scope);
    }

    static AccessClaims read(JsonObject claims) throws JoseException {
        String instance = claims.text("sub");
        // RFC 9068 section 2.2: without a user, the subject is the client; here it always is.
        if (!claims.text("client_id").equals(instance)) {
            throw JoseException.claim("client_id");
        }
        return new AccessClaims(
                claims.web("iss"),
                claims.text("aud"),
                instance,
                claims.optionalText("jid"),
                claims.date("iat"),
                claims.date("nbf"),
                claims.date("exp"),
                claims.text("jti"),
                claims.text("lic"),
                (int) claims.count("rev", MOST_REVISIONS),
                Product.parse(claims.text("prd")),
                claims.text("tier"),
                claims.text("res"),
                LicenseFeature.named(Arrays.asList(claims.text("scope").split(" ", -1))),
                claims.object("cnf").text("jkt"));
    }
}
