package org.partyline.transport.internal.dns;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host that was checked before anything is asked about it: an address literal, or a DNS name as A-labels in lower case,
 * without a trailing dot.
 *
 * @param ascii the name, or the literal as text without brackets
 * @param literal the address, or null for a name
 */
public record DomainName(String ascii, @Nullable InetAddress literal) {
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    /** Letters, digits and hyphens (RFC 1123), and the underscore that private networks use in host names. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?");

    /**
     * Checks a host. Asks no name server.
     *
     * @param host a DNS name in U- or A-labels, or an address literal; IPv6 with or without brackets
     * @return the checked name
     * @throws IllegalArgumentException if it can be neither
     */
    public static DomainName of(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (IPV4.matcher(bare).matches() || IPV6.matcher(bare).matches()) {
            return new DomainName(bare, address(bare));
        }
        String ascii = toAscii(host);
        if (ascii.endsWith(".")) {
            ascii = ascii.substring(0, ascii.length() - 1);
        }
        if (ascii.isEmpty() || ascii.length() > MAX_NAME) {
            throw new IllegalArgumentException("a domain name has 1 to 253 characters, not " + ascii.length());
        }
        for (String label : ascii.split("\\.", -1)) {
            if (label.length() > MAX_LABEL || !LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("not a domain name: a label is empty, longer than 63 characters, or"
                        + " holds what may not stand there");
            }
        }
        return new DomainName(ascii, null);
    }

    /** {@return whether this name means this machine without asking anybody (RFC 6761 section 6.3)} */
    public boolean isLocalhost() {
        return literal == null && (ascii.equals("localhost") || ascii.endsWith(".localhost"));
    }

    /** {@return the name or literal} */
    @Override
    public String toString() {
        return ascii;
    }

    private static String toAscii(String host) {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a domain name: " + e.getMessage(), e);
        }
    }

    private static InetAddress address(String literal) {
        try {
            // Only digits, dots and colons got here, for which the JDK parses and never asks a name server.
            for (String part : literal.contains(":") ? new String[0] : literal.split("\\.", -1)) {
                if (Integer.parseInt(part) > 255) {
                    throw new UnknownHostException("part over 255");
                }
            }
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address literal: " + literal, e);
        }
    }
}
