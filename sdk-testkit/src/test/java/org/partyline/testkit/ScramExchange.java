package org.partyline.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** One SCRAM sign-in from the client's side, by the formulas of RFC 5802 section 3. */
final class ScramExchange {
    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";

    private final String hash;
    private final int bits;
    private final String password;
    private final String gs2Header;
    private final byte[] binding;
    private final String firstBare;
    private byte[] serverSignature = {};

    /** The mechanism says which hash; the header, and what is bound, are the caller's. */
    ScramExchange(String mechanism, TestAccount account, String gs2Header, byte[] binding) {
        this.hash = mechanism.contains("-512") ? "SHA512" : mechanism.contains("-256") ? "SHA256" : "SHA1";
        this.bits = hash.equals("SHA512") ? 512 : hash.equals("SHA256") ? 256 : 160;
        this.password = account.password();
        this.gs2Header = gs2Header;
        this.binding = binding.clone();
        this.firstBare = "n=" + account.username() + ",r=" + NONCE;
    }

    String first() {
        return gs2Header + firstBare;
    }

    /** Returns the last message. */
    String last(String serverFirst) {
        ByteArrayOutputStream bound = new ByteArrayOutputStream();
        bound.writeBytes(gs2Header.getBytes(StandardCharsets.UTF_8));
        bound.writeBytes(binding);
        String bare = "c=" + Sasl2Client.base64(bound.toByteArray()) + ",r=" + Sasl2Client.field(serverFirst, "r");
        byte[] message = (firstBare + "," + serverFirst + "," + bare).getBytes(StandardCharsets.UTF_8);
        byte[] salted = Sasl2Client.salted(
                hash,
                password,
                Base64.getDecoder().decode(Sasl2Client.field(serverFirst, "s")),
                Integer.parseInt(Sasl2Client.field(serverFirst, "i")),
                bits);
        byte[] clientKey = mac(salted, "Client Key");
        byte[] proof = Sasl2Client.hmac(hash, digest(clientKey), message);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        serverSignature = Sasl2Client.hmac(hash, mac(salted, "Server Key"), message);
        return bare + ",p=" + Sasl2Client.base64(proof);
    }

    /** Returns whether the server proved that it knows the password. */
    boolean isServersProof(String serverLast) {
        return serverLast.equals("v=" + Sasl2Client.base64(serverSignature));
    }

    private byte[] mac(byte[] key, String text) {
        return Sasl2Client.hmac(hash, key, text.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] digest(byte[] data) {
        try {
            return MessageDigest.getInstance(hash.replace("SHA", "SHA-")).digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
