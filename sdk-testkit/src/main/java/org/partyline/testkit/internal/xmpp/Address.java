package org.partyline.testkit.internal.xmpp;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A JID, with its parts brought to lower case where case does not count. This is less than the PRECIS profiles of RFC 7622
 * demand: the network is for tests, and it must not share the client's normalization.
 *
 * @param local the local part, empty for none
 * @param domain the domain
 * @param resource the resource, empty for none
 */
public record Address(String local, String domain, String resource) {
    /** Bytes of each part (RFC 7622 section 3.1). */
    private static final int MAX_PART = 1023;

    private static final String FORBIDDEN_IN_LOCAL = "\"&'/:<>@ ";

    /** {@return the address of an account} */
    public static Address bare(String local, String domain) {
        return new Address(fold(local), fold(domain), "");
    }

    /**
     * {@return the address that the text stands for, or null if it stands for none}
     *
     * @param text what a peer sent, or null
     */
    public static @Nullable Address parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int slash = text.indexOf('/');
        String bare = slash < 0 ? text : text.substring(0, slash);
        String resource = slash < 0 ? "" : text.substring(slash + 1);
        int at = bare.indexOf('@');
        String local = at < 0 ? "" : bare.substring(0, at);
        String domain = bare.substring(at + 1);
        boolean whole = isPart(domain)
                && domain.indexOf('@') < 0
                && domain.indexOf(' ') < 0
                && (at < 0 || isLocal(local))
                && (slash < 0 || isPart(resource));
        return whole ? new Address(fold(local), fold(domain), resource) : null;
    }

    /** {@return whether the text may be a local part} */
    public static boolean isLocal(String text) {
        return isPart(text) && text.chars().noneMatch(c -> c < ' ' || FORBIDDEN_IN_LOCAL.indexOf(c) >= 0);
    }

    /** {@return whether the text may be a resource} */
    public static boolean isPart(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_PART
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_PART
                && text.chars().noneMatch(c -> c < ' ');
    }

    private static String fold(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= 0x7f || (c >= 'A' && c <= 'Z')) {
                return Normalizer.normalize(part.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
            }
        }
        return part;
    }

    /** {@return the address without its resource} */
    public Address bare() {
        return resource.isEmpty() ? this : new Address(local, domain, "");
    }

    /** {@return this account's address with a resource} */
    public Address with(String resource) {
        return new Address(local, domain, resource);
    }

    /** {@return whether there is a resource} */
    public boolean isFull() {
        return !resource.isEmpty();
    }

    /** {@return whether there is neither local part nor resource} */
    public boolean isServer() {
        return local.isEmpty() && resource.isEmpty();
    }

    @Override
    public String toString() {
        String bare = local.isEmpty() ? domain : local + "@" + domain;
        return resource.isEmpty() ? bare : bare + "/" + resource;
    }
}
