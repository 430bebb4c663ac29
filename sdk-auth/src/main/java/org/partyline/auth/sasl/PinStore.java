package org.partyline.auth.sasl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link SecurityPin}s survive a restart. Called on worker threads, and may block. What {@link #read} throws fails the
 * sign-in, for without its pin it could be made weaker; what {@link #write} throws is logged.
 */
public interface PinStore {

    /**
     * {@return what is remembered of an account, or null if nothing is}
     *
     * @param account the account's bare address
     */
    @Nullable
    SecurityPin read(String account);

    /**
     * Remembers a pin in place of the account's former one.
     *
     * @param account the account's bare address
     * @param pin the pin
     */
    void write(String account, SecurityPin pin);

    /**
     * Forgets an account's pin: the next sign-in may be weaker than those before. For an application to call when its user
     * says so, never for the library.
     *
     * @param account the account's bare address
     */
    void reset(String account);

    /** {@return a store that forgets all when the process ends} */
    static PinStore inMemory() {
        return new InMemory();
    }

    /** A store in memory. */
    final class InMemory implements PinStore {
        private final Map<String, SecurityPin> pins = new ConcurrentHashMap<>();

        private InMemory() {}

        @Override
        public @Nullable SecurityPin read(String account) {
            return pins.get(account);
        }

        @Override
        public void write(String account, SecurityPin pin) {
            pins.put(account, pin);
        }

        @Override
        public void reset(String account) {
            pins.remove(account);
        }

        @Override
        public String toString() {
            return "PinStore[in memory]";
        }
    }
}
