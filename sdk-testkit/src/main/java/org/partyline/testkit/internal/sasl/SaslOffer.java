package org.partyline.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a server offers on one connection: what it really offers, whatever somebody in the middle makes of it.
 *
 * @param mechanisms the mechanisms, in the order in which they are listed
 * @param bindings what a sign-in can be bound to, by the type's name
 * @param listsBindings whether their types are listed (XEP-0440)
 * @param isProtected whether SCRAM lets a client find out that the offer was changed (XEP-0474)
 */
public record SaslOffer(
        List<String> mechanisms, Map<String, byte[]> bindings, boolean listsBindings, boolean isProtected) {
    private static final String BETWEEN = "\u001e";
    private static final String BEFORE_BINDINGS = "\u001f";

    /** {@return whether there is a mechanism that binds} */
    public boolean binds() {
        return mechanisms.stream().anyMatch(each -> each.endsWith(Mechanisms.PLUS));
    }

    /** {@return whether the types are listed} There is no sense in it without a mechanism that binds. */
    public boolean showsBindings() {
        return listsBindings && binds();
    }

    /** {@return the hash of the offer (XEP-0474 section 5.1), in base64} */
    String hash(ScramHash hash) {
        String offer = sorted(mechanisms) + (showsBindings() ? BEFORE_BINDINGS + sorted(bindings.keySet()) : "");
        return Base64.getEncoder().encodeToString(ScramKeys.digest(hash, offer.getBytes(StandardCharsets.UTF_8)));
    }

    /** Names are of ASCII, so that the order of characters is the order of octets. */
    private static String sorted(Collection<String> names) {
        return String.join(BETWEEN, names.stream().sorted().toList());
    }
}
