package org.partyline.auth.sasl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sign-in needs to know of the channel below it (RFC 5056). */
public interface SecureChannel {

    /** No TLS: nothing that shows a secret may be used. */
    SecureChannel NONE = new SecureChannel() {
        @Override
        public boolean isVerified() {
            return false;
        }

        @Override
        public List<String> bindingTypes() {
            return List.of();
        }

        @Override
        public byte @Nullable [] binding(String type) {
            return null;
        }
    };

    /** {@return whether it is TLS whose certificate was verified} */
    boolean isVerified();

    /** {@return the channel binding types that this side can give for this channel, strongest first} */
    List<String> bindingTypes();

    /**
     * {@return the channel's binding (RFC 9266, RFC 5929), or null if this side cannot give that type}
     *
     * @param type the type's registered name
     */
    byte @Nullable [] binding(String type);
}
