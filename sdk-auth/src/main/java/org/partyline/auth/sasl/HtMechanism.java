package org.partyline.auth.sasl;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mechanism of a hashed token, and how it is bound to the channel.
 *
 * @param name the registered name
 * @param hmac the platform's name of the HMAC
 * @param bindingType the channel binding type, or null for none
 */
record HtMechanism(String name, String hmac, @Nullable String bindingType) {

    /** Strongest first: binding before the length of the hash. */
    private static final List<HtMechanism> ALL = List.of(
            new HtMechanism("HT-SHA-512-EXPR", "HmacSHA512", "tls-exporter"),
            new HtMechanism("HT-SHA-256-EXPR", "HmacSHA256", "tls-exporter"),
            new HtMechanism("HT-SHA-512-ENDP", "HmacSHA512", "tls-server-end-point"),
            new HtMechanism("HT-SHA-256-ENDP", "HmacSHA256", "tls-server-end-point"),
            new HtMechanism("HT-SHA-512-NONE", "HmacSHA512", null),
            new HtMechanism("HT-SHA-256-NONE", "HmacSHA256", null));

    /** {@return the mechanism of a name, or null if this side does not have it} */
    static @Nullable HtMechanism named(String name) {
        for (HtMechanism each : ALL) {
            if (each.name.equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** {@return the strongest of those offered that the channel allows, or null} */
    static @Nullable HtMechanism strongest(Collection<String> offered, SecureChannel channel, boolean boundOnly) {
        for (HtMechanism each : ALL) {
            if (offered.contains(each.name) && each.fits(channel) && !(boundOnly && each.bindingType == null)) {
                return each;
            }
        }
        return null;
    }

    boolean fits(SecureChannel channel) {
        return bindingType == null || channel.bindingTypes().contains(bindingType);
    }

    /** {@return what goes into the HMAC, or null if the channel does not give it} */
    byte @Nullable [] binding(SecureChannel channel) {
        return bindingType == null ? new byte[0] : channel.binding(bindingType);
    }
}
