package org.partyline.transport.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.transport.internal.testing.TestAuthority;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;

/** RFC 5929 section 4.1, for signatures that a handshake today would not accept as well. */
class SignatureHashTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final Identity RSA = AUTHORITY.issue(new Spec().rsa().authority(0));
    private static final Identity EC = AUTHORITY.issue(new Spec().authority(0));

    @ParameterizedTest
    @CsvSource({
        "MD5withRSA, SHA-256",
        "SHA1withRSA, SHA-256",
        "SHA224withRSA, SHA-224",
        "SHA256withRSA, SHA-256",
        "SHA384withRSA, SHA-384",
        "SHA512withRSA, SHA-512",
        "SHA3-256withRSA, SHA3-256",
        "SHA1withRSAandMGF1, SHA-256",
        "SHA256withRSAandMGF1, SHA-256",
        "SHA512withRSAandMGF1, SHA-512",
        "SHA1withECDSA, SHA-256",
        "SHA224withECDSA, SHA-224",
        "SHA384withECDSA, SHA-384",
        "SHA3-512withECDSA, SHA3-512"
    })
    @DisplayName("The hash is the signature's own, but for MD5 and SHA-1")
    void hash_isTheSignaturesOwn(String signature, String hash) {
        Identity issuer = signature.endsWith("ECDSA") ? EC : RSA;
        assertEquals(
                hash,
                SignatureHash.of(AUTHORITY
                        .issue(new Spec().signedWith(signature).dns("im.example.org"), issuer)
                        .certificate()));
    }

    @Test
    @DisplayName("RSASSA-PSS with one hash for the message and another for the mask has no binding")
    void twoHashes_haveNone() {
        PSSParameterSpec mixed = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA512, 32, 1);
        assertNull(SignatureHash.of(AUTHORITY
                .issue(new Spec().signedWith(mixed).dns("im.example.org"), RSA)
                .certificate()));
    }
}
