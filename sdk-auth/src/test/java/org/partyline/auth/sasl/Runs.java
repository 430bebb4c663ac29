package org.partyline.auth.sasl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;

/** What the tests of this package make runs from. */
final class Runs {
    /** No channel binding to be had. */
    static final SecureChannel TLS = channel(Map.of());

    static final BindingChoice UNBOUND = new BindingChoice("n", null, false);

    private Runs() {}

    static SaslClients clients(@Nullable String username, Credentials credentials, SaslOptions options) {
        return clients(username, credentials, options, PinStore.inMemory());
    }

    static SaslClients clients(@Nullable String username, Credentials credentials, SaslOptions options, PinStore pins) {
        return new SaslClients("user@example.org", username, credentials, options, pins, SecretStore.inMemory(), null);
    }

    static SaslOffer offer(String... mechanisms) {
        return new SaslOffer(List.of(mechanisms), null);
    }

    static ScramClient scram(
            ScramHash hash,
            String username,
            Credentials.Password credentials,
            SaslOptions options,
            ScramKeys.Cache cache,
            String nonce) {
        return new ScramClient(hash, username, credentials, options, cache, offer(hash.mechanism()), UNBOUND, nonce);
    }

    /** Verified TLS with the bindings of a map, strongest first by its order. */
    static SecureChannel channel(Map<String, byte[]> bindings) {
        return new SecureChannel() {
            @Override
            public boolean isVerified() {
                return true;
            }

            @Override
            public List<String> bindingTypes() {
                return List.copyOf(bindings.keySet());
            }

            @Override
            public byte @Nullable [] binding(String type) {
                byte[] data = bindings.get(type);
                return data == null ? null : data.clone();
            }
        };
    }
}
