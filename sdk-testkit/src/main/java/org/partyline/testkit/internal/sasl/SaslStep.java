package org.partyline.testkit.internal.sasl;

import org.jspecify.annotations.Nullable;

/** The server's answer to one SASL message: a challenge, or success. */
public final class SaslStep {
    private final @Nullable String user;
    private final byte[] data;

    private SaslStep(@Nullable String user, byte[] data) {
        this.user = user;
        this.data = data;
    }

    static SaslStep challenge(byte[] data) {
        return new SaslStep(null, data);
    }

    static SaslStep success(String user, byte[] data) {
        return new SaslStep(user, data);
    }

    /** {@return the local part of whoever signed in, or null while that is open} */
    public @Nullable String user() {
        return user;
    }

    /** {@return what to send along; empty for nothing} */
    public byte[] data() {
        return data;
    }
}
