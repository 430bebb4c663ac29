package org.partyline.auth.sasl;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.Credentials;

/** Mechanisms of one message: PLAIN (RFC 4616), EXTERNAL (RFC 4422 appendix A), ANONYMOUS (RFC 4505). */
final class SimpleClient implements SaslClient {
    private final String mechanism;
    private final SecurityPin.Strength strength;
    private final InitialResponse initial;
    private byte @Nullable [] sent;

    /** Makes the one message. */
    @FunctionalInterface
    private interface InitialResponse {
        byte[] make() throws SaslException;
    }

    private SimpleClient(String mechanism, SecurityPin.Strength strength, InitialResponse initial) {
        this.mechanism = mechanism;
        this.strength = strength;
        this.initial = initial;
    }

    /** {@return PLAIN with an empty authorization identity: one may sign in as oneself alone} */
    static SaslClient plain(String username, Credentials.Password credentials) {
        return new SimpleClient("PLAIN", SecurityPin.Strength.SHOWN, () -> {
            byte[] name = Prepared.username(username).getBytes(StandardCharsets.UTF_8);
            byte[] password = Prepared.password(credentials);
            byte[] message = new byte[name.length + password.length + 2];
            System.arraycopy(name, 0, message, 1, name.length);
            System.arraycopy(password, 0, message, name.length + 2, password.length);
            Wipe.wipe(password);
            return message;
        });
    }

    static SaslClient external() {
        return new SimpleClient("EXTERNAL", SecurityPin.Strength.PROVED, () -> new byte[0]);
    }

    static SaslClient anonymous() {
        return new SimpleClient("ANONYMOUS", SecurityPin.Strength.SHOWN, () -> new byte[0]);
    }

    @Override
    public String mechanism() {
        return mechanism;
    }

    @Override
    public SecurityPin.Strength strength() {
        return strength;
    }

    @Override
    public byte[] initialResponse() throws SaslException {
        byte[] message = initial.make();
        sent = message;
        return message;
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
        throw new SaslException(SaslException.Reason.BAD_CHALLENGE, mechanism + " has no challenge");
    }

    @Override
    public void verifySuccess(byte @Nullable [] additionalData) throws SaslException {
        if (sent == null) {
            throw new SaslException(SaslException.Reason.SERVER_NOT_VERIFIED, "success before anything was sent");
        }
    }

    @Override
    public void cancel() {
        // Nothing here takes long, but for the supplier, which is the application's.
    }

    @Override
    public void close() {
        Wipe.wipe(sent);
    }
}
