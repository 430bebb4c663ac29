package org.partyline.auth.sasl;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The same mechanism by other people: ongres' client says what ours must send, the JDK's PBKDF2 what the server proves. */
final class ScramOracle {
    private final ScramHash hash;
    private final ScramClient client;
    private final String password;

    ScramOracle(ScramHash hash, String username, String password, String nonce) {
        this.hash = hash;
        this.password = password;
        this.client = ScramClient.builder()
                .advertisedMechanisms(List.of(hash.mechanism()))
                .username(username)
                .password(password.toCharArray())
                .stringPreparation(StringPreparation.SASL_PREPARATION)
                .nonceSupplier(() -> nonce)
                .build();
    }

    String clientFirst() {
        return client.clientFirstMessage().toString();
    }

    String clientFinal(String serverFirst) throws Exception {
        client.serverFirstMessage(serverFirst);
        return client.clientFinalMessage().toString();
    }

    /** The proof of a server that has the password, which is plain ASCII here. */
    byte[] serverSignature(byte[] salt, int iterations, String authMessage) throws GeneralSecurityException {
        String name = switch (hash) {
            case SHA_1 -> "SHA1";
            case SHA_256 -> "SHA256";
            case SHA_512 -> "SHA512";
        };
        int bits = Mac.getInstance("Hmac" + name).getMacLength() * 8;
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmac" + name)
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, bits))
                .getEncoded();
        return hmac(name, hmac(name, salted, "Server Key"), authMessage);
    }

    private static byte[] hmac(String name, byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + name);
        mac.init(new SecretKeySpec(key, "Hmac" + name));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
