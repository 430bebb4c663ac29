package org.partyline.auth.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A SCRAM-SHA-1 server that has the password, by the JDK's own PBKDF2; checks the client's proof, and gives its own. */
final class PasswordServer {
    private static final byte[] SALT = "sixteen bytes!!!".getBytes(StandardCharsets.US_ASCII);
    private static final int ITERATIONS = 4096;

    private final String password;
    private final String extensions;
    private String bare = "";
    private String first = "";
    private String bindingInput = "";

    /**
     * @param password the password, plain ASCII
     * @param extensions what stands behind the iteration count, with its comma, or nothing
     */
    PasswordServer(String password, String extensions) {
        this.password = password;
        this.extensions = extensions;
    }

    byte[] first(byte[] clientFirst) {
        String message = new String(clientFirst, StandardCharsets.UTF_8);
        bare = message.substring(message.indexOf(",n=") + 1);
        String nonce = bare.substring(bare.indexOf(",r=") + 3);
        first = "r=" + nonce + "server,s=" + Base64.getEncoder().encodeToString(SALT) + ",i=" + ITERATIONS + extensions;
        return first.getBytes(StandardCharsets.UTF_8);
    }

    byte[] last(byte[] clientFinal) throws GeneralSecurityException {
        String message = new String(clientFinal, StandardCharsets.UTF_8);
        int proofAt = message.lastIndexOf(",p=");
        String withoutProof = message.substring(0, proofAt);
        bindingInput = new String(
                Base64.getDecoder().decode(withoutProof.substring(2, withoutProof.indexOf(','))),
                StandardCharsets.ISO_8859_1);
        String authMessage = bare + "," + first + "," + withoutProof;
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, ITERATIONS, 160))
                .getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] stored = MessageDigest.getInstance("SHA-1").digest(clientKey);
        byte[] proof = hmac(stored, authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        if (!MessageDigest.isEqual(proof, Base64.getDecoder().decode(message.substring(proofAt + 3)))) {
            throw new AssertionError("the client's proof is wrong");
        }
        byte[] signature = hmac(hmac(salted, "Server Key"), authMessage);
        return ("v=" + Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the GS2 header and the binding that the client proved, a character a byte} */
    String bindingInput() {
        return bindingInput;
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
