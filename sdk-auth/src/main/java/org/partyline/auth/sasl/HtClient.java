package org.partyline.auth.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The mechanisms of a hashed token (draft-schmaus-kitten-sasl-ht): one message each way, each the HMAC of the channel's
 * binding under the token, so that neither shows it.
 */
final class HtClient implements SaslClient {
    private final HtMechanism mechanism;
    private final String username;
    private final byte[] token;
    private final byte[] binding;
    private byte @Nullable [] expected;

    /**
     * Starts a run.
     *
     * @param token the token's bytes; wiped by {@link #close()}
     * @param binding the channel's binding, empty where the mechanism has none
     */
    HtClient(HtMechanism mechanism, String username, byte[] token, byte[] binding) {
        this.mechanism = mechanism;
        this.username = username;
        this.token = token;
        this.binding = binding;
    }

    @Override
    public String mechanism() {
        return mechanism.name();
    }

    @Override
    public @Nullable String bindingType() {
        return mechanism.bindingType();
    }

    @Override
    public SecurityPin.Strength strength() {
        return mechanism.bindingType() == null ? SecurityPin.Strength.PROVED : SecurityPin.Strength.BOUND;
    }

    @Override
    public byte[] initialResponse() throws SaslException {
        byte[] name = Prepared.username(username).getBytes(StandardCharsets.UTF_8);
        byte[] proof = hmac("Initiator");
        expected = hmac("Responder");
        byte[] message = new byte[name.length + 1 + proof.length];
        System.arraycopy(name, 0, message, 0, name.length);
        System.arraycopy(proof, 0, message, name.length + 1, proof.length);
        return message;
    }

    private byte[] hmac(String label) throws SaslException {
        try {
            Mac mac = Mac.getInstance(mechanism.hmac());
            mac.init(new SecretKeySpec(token, mechanism.hmac()));
            mac.update(label.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(binding);
        } catch (GeneralSecurityException e) {
            throw new SaslException(
                    SaslException.Reason.CREDENTIALS_UNUSABLE, "this JVM cannot compute " + mechanism.name(), e);
        }
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
        throw new SaslException(SaslException.Reason.BAD_CHALLENGE, mechanism.name() + " has no challenge");
    }

    @Override
    public void verifySuccess(byte @Nullable [] additionalData) throws SaslException {
        byte[] proof = expected;
        if (proof == null || additionalData == null || !MessageDigest.isEqual(proof, additionalData)) {
            throw new SaslException(
                    SaslException.Reason.SERVER_NOT_VERIFIED, "the server did not prove that it knows the token");
        }
    }

    @Override
    public void cancel() {
        // Nothing here takes long.
    }

    @Override
    public void close() {
        Wipe.wipe(token);
        Wipe.wipe(expected);
    }
}
