package org.partyline.auth.sasl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server offers for sign-in on one stream. It holds for that stream alone.
 *
 * @param mechanisms the names of the mechanisms, as announced
 * @param bindingTypes the channel binding types that the server announces (XEP-0440), or null if it announces none
 */
public record SaslOffer(List<String> mechanisms, @Nullable List<String> bindingTypes) {

    /** Copies the lists. */
    public SaslOffer {
        mechanisms = List.copyOf(mechanisms);
        bindingTypes = bindingTypes == null ? null : List.copyOf(bindingTypes);
    }
}
