package org.partyline.auth.sasl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server offers for sign-in on one stream. It holds for that stream alone.
 *
 * @param profile how the mechanisms are spoken
 * @param mechanisms the names of the mechanisms, as announced
 * @param bindingTypes the channel binding types that the server announces (XEP-0440), or null if it announces none
 */
public record SaslOffer(
        Profile profile, List<String> mechanisms, @Nullable List<String> bindingTypes) {

    /** A way to speak SASL over XMPP. */
    public enum Profile {
        /** That of RFC 6120 section 6. */
        SASL,
        /** That of XEP-0388. */
        SASL2
    }

    /** Copies the lists. */
    public SaslOffer {
        mechanisms = List.copyOf(mechanisms);
        bindingTypes = bindingTypes == null ? null : List.copyOf(bindingTypes);
    }
}
