package org.partyline.auth.license.token;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.Keys;
import org.partyline.auth.internal.jose.TokenType;
import org.partyline.auth.license.LicenseCode;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.LicenseTerms;

/** Verifies what a partner attests of installations, on the side of who issues tokens. Safe for use by many threads. */
public final class AttestationVerifier {
    private final LicenseTerms terms;
    private final Keys keys;
    private final ProofVerifier proofs;
    private final InstantSource clock;

    private AttestationVerifier(LicenseTerms terms, Keys keys, ProofVerifier proofs, InstantSource clock) {
        this.terms = terms;
        this.keys = keys;
        this.proofs = proofs;
        this.clock = clock;
    }

    /**
     * {@return a verifier}
     *
     * @param terms the license, whose keys are the partner's
     * @param used remembers which proofs were used
     * @param clock the time
     */
    public static AttestationVerifier of(LicenseTerms terms, ReplayCache used, InstantSource clock) {
        return new AttestationVerifier(
                terms,
                Keys.of(Tokens.jwks(terms.partnerKeys()), TokenType.ATTESTATION),
                ProofVerifier.of(used, clock),
                clock);
    }

    /**
     * {@return what the partner attests, of somebody who has the installation's key}
     *
     * @param attestation the attestation, type {@code oauth-client-attestation+jwt}
     * @param proof the proof, type {@code oauth-client-attestation-pop+jwt}
     * @param audience who issues tokens: this side
     * @param challenge what this side gave for the proof
     * @throws LicenseException if one cannot be read ({@link LicenseCode#LICENSE_MALFORMED}); if the attestation does not hold
     *     ({@link LicenseCode#INSTANCE_BARRED}) or is for another product ({@link LicenseCode#PRODUCT_MISMATCH}); if the proof
     *     does not hold ({@link LicenseCode#PROOF_INVALID}) or was used before ({@link LicenseCode#PROOF_REPLAYED})
     */
    public Attestation verify(String attestation, String proof, URI audience, String challenge)
            throws LicenseException {
        Instant now = clock.instant();
        Attestation attested = Tokens.read("attestation", LicenseCode.INSTANCE_BARRED, () -> {
            Attestation read = Attestation.read(Jws.verify(attestation, TokenType.ATTESTATION, keys));
            if (!Leeway.begun(read.issuedAt(), now) || Leeway.ended(read.expiresAt(), now)) {
                throw new LicenseException(LicenseCode.INSTANCE_BARRED, "attestation: it is not of now");
            }
            if (!read.license().equals(terms.id())
                    || !read.product().id().equals(terms.product().id())
                    || !terms.product().versions().contains(read.product().version())) {
                throw new LicenseException(
                        LicenseCode.PRODUCT_MISMATCH, "attestation: the license is for another product");
            }
            return read;
        });
        return Tokens.read("proof", LicenseCode.PROOF_INVALID, () -> {
            JsonObject claims = Jws.verify(
                    proof,
                    TokenType.ATTESTATION_PROOF,
                    Jwk.checked(attested.key().json()));
            Instant made = claims.date("iat");
            String id = ProofVerifier.id(claims);
            if (!Leeway.fresh(made, now)) {
                throw Tokens.invalid("proof: it was not made now");
            }
            if (!claims.text("aud").equals(audience.toString())
                    || !claims.text("challenge").equals(challenge)) {
                throw Tokens.invalid("proof: it is for somebody else, or has another challenge");
            }
            proofs.spend(attested.key().thumbprint(), id, now, made);
            return attested;
        });
    }
}
