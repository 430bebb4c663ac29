package org.partyline.address;

import org.partyline.address.JidFormatException.Part;
import rocks.xmpp.precis.PrecisProfiles;

/** The part after the {@code /}: OpaqueString (RFC 7622 section 3.4). */
final class Resources {
    private Resources() {}

    static String normalize(String raw) {
        Jid.requireSaneLength(Part.RESOURCE, raw);
        String normal = isPlain(raw) ? raw : CodePoints.enforce(Part.RESOURCE, PrecisProfiles.OPAQUE_STRING, raw);
        return CodePoints.requireFits(Part.RESOURCE, normal);
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
