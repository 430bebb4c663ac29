package org.partyline.auth.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The hash by which a server proves, within SCRAM, what it had offered (XEP-0474 section 5): a man in the middle who
 * changed the lists cannot make it fit, for he knows no key to sign it with.
 */
final class DowngradeHash {
    private static final String NEXT = "\u001E";
    private static final String BINDINGS = "\u001F";

    private DowngradeHash() {}

    /** {@return whether a hash is that of the lists which this side saw} */
    static boolean matches(String base64, ScramHash hash, SaslOffer offer) throws GeneralSecurityException {
        byte[] claimed;
        try {
            claimed = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return MessageDigest.isEqual(claimed, of(hash, offer));
    }

    static byte[] of(ScramHash hash, SaslOffer offer) throws GeneralSecurityException {
        String lists = sorted(offer.mechanisms());
        List<String> types = offer.bindingTypes();
        if (types != null) {
            lists += BINDINGS + sorted(types);
        }
        return hash.hash(lists.getBytes(StandardCharsets.UTF_8));
    }

    /** Sorted by octets (i;octet, RFC 4790 section 9.3). */
    private static String sorted(List<String> names) {
        List<byte[]> octets = new ArrayList<>();
        names.forEach(name -> octets.add(name.getBytes(StandardCharsets.UTF_8)));
        octets.sort(Arrays::compareUnsigned);
        List<String> sorted = new ArrayList<>();
        octets.forEach(name -> sorted.add(new String(name, StandardCharsets.UTF_8)));
        return String.join(NEXT, sorted);
    }
}
