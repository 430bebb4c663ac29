package org.partyline.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.partyline.address.JidFormatException.Part;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * The domain: labels of letters, digits and hyphens, or such as IDNA2008 allows, or an address literal (RFC 7622 section 3.2).
 * Labels are mapped as RFC 5895 says (lower case, width, NFC), and kept in Unicode.
 */
final class Domains {
    private static final int MAX_LABEL = 63;
    private static final String ACE_PREFIX = "xn--";

    private Domains() {}

    static String normalize(String raw) {
        if (isNormal(raw)) {
            return raw;
        }
        Jid.requireSaneLength(Part.DOMAIN, raw);
        if (raw.charAt(0) == '[') {
            return ipv6(raw);
        }
        // The full stops of IDNA (RFC 5895 section 2 leaves them to the mapping).
        String dotted = isAscii(raw)
                ? raw.toLowerCase(Locale.ROOT)
                : raw.replace('\u3002', '.').replace('\uff0e', '.').replace('\uff61', '.');
        StringBuilder domain = new StringBuilder(dotted.length());
        int end = dotted.endsWith(".") ? dotted.length() - 1 : dotted.length();
        for (int start = 0; start <= end; ) {
            int dot = dotted.indexOf('.', start);
            int stop = dot < 0 ? end : Math.min(dot, end);
            domain.append(start == 0 ? "" : ".").append(label(dotted.substring(start, stop)));
            start = stop + 1;
        }
        return CodePoints.requireFits(Part.DOMAIN, domain.toString());
    }

    /** {@return whether it is as this would leave it; said of the usual kind only} */
    private static boolean isNormal(String raw) {
        int length = raw.length();
        int start = 0;
        for (int i = 0; i <= length; i++) {
            char c = i < length ? raw.charAt(i) : '.';
            if (c == '.') {
                if (i == start
                        || i - start > MAX_LABEL
                        || raw.charAt(start) == '-'
                        || raw.charAt(i - 1) == '-'
                        || raw.startsWith(ACE_PREFIX, start)) {
                    return false;
                }
                start = i + 1;
            } else if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return length <= Jid.MAX_PART_BYTES;
    }

    private static String label(String raw) {
        String label = raw;
        if (!isAscii(raw)) {
            label = CodePoints.enforce(Part.DOMAIN, PrecisProfiles.USERNAME_CASE_MAPPED, raw);
        }
        if (label.startsWith(ACE_PREFIX)) {
            label = decoded(label);
        }
        if (label.isEmpty() || label.length() > MAX_LABEL) {
            throw new JidFormatException(Part.DOMAIN, "a label has 1 to " + MAX_LABEL + " characters");
        }
        if (label.charAt(0) == '-' || label.charAt(label.length() - 1) == '-') {
            throw new JidFormatException(Part.DOMAIN, "a label neither begins nor ends with a hyphen");
        }
        if (CodePoints.isMark(label.codePointAt(0))) {
            throw new JidFormatException(Part.DOMAIN, "a label does not begin with a combining mark");
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c < 0x80 && !isLetterDigitHyphen(c)) {
                throw new JidFormatException(Part.DOMAIN, "a label may not hold " + CodePoints.name(c));
            }
        }
        return label;
    }

    /** {@return the U-label of an A-label: one that is in the form that it would be mapped to (RFC 5891 section 5.3)} */
    private static String decoded(String label) {
        String text = isAscii(label) && label.length() <= MAX_LABEL
                ? Punycode.decode(label.substring(ACE_PREFIX.length()))
                : null;
        if (text == null
                || isAscii(text)
                || text.startsWith(ACE_PREFIX)
                || !text.equals(CodePoints.enforce(Part.DOMAIN, PrecisProfiles.USERNAME_CASE_MAPPED, text))) {
            throw new JidFormatException(
                    Part.DOMAIN, "a label begins with " + ACE_PREFIX + " but encodes no legal one");
        }
        return text;
    }

    private static String ipv6(String raw) {
        String address = raw.toLowerCase(Locale.ROOT);
        boolean legal = address.length() > 4 && address.length() <= 47 && address.endsWith("]");
        for (int i = 1; legal && i < address.length() - 1; i++) {
            legal = "0123456789abcdef:.".indexOf(address.charAt(i)) >= 0;
        }
        if (!legal || !isIpv6(address)) {
            throw new JidFormatException(Part.DOMAIN, "what stands in brackets is no IPv6 address");
        }
        return address;
    }

    private static boolean isIpv6(String bracketed) {
        try {
            return InetAddress.getByName(bracketed).getAddress().length > 0; // in brackets, nothing is looked up
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterDigitHyphen(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
}
