package org.partyline.address;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.address.JidFormatException.Part;

/**
 * An immutable address: {@code local@domain/resource}, local part and resource optional (RFC 7622). Each part is
 * normalized when the address is made, so that equal addresses are equal objects: the local part by UsernameCaseMapped and
 * the resource by OpaqueString (RFC 8265), the domain to lower-case Unicode labels without a trailing dot. A part
 * holds at most {@value #MAX_PART_BYTES} bytes of UTF-8.
 *
 * <p>Normalization follows the Unicode tables of the running Java; it does not depend on the default locale. The
 * characters that PRECIS allows in certain contexts only (RFC 5892, appendix A: middle dot, joiners and the like) are
 * refused in every context.
 */
public final class Jid {
    /** The longest that a part may be, in bytes of UTF-8 after normalization (L11, RFC 7622 section 3). */
    public static final int MAX_PART_BYTES = 1023;

    private final @Nullable String local;
    private final String domain;
    private final @Nullable String resource;
    // Made when first asked for; a race makes them twice, which is harmless.
    private int hash;
    private @Nullable String text;

    private Jid(@Nullable String local, String domain, @Nullable String resource) {
        this.local = local;
        this.domain = domain;
        this.resource = resource;
    }

    /**
     * Parses and normalizes an address. What follows the first slash is the resource; of the rest, what stands before the
     * first {@code @} is the local part (RFC 7622 section 3.1).
     *
     * @param text the address
     * @return the address
     * @throws JidFormatException if it is none; says which part is wrong
     */
    public static Jid parse(String text) {
        int slash = text.indexOf('/');
        int end = slash < 0 ? text.length() : slash;
        int first = text.indexOf('@');
        int at = first < end ? first : -1;
        return of(
                at < 0 ? null : text.substring(0, at),
                text.substring(at + 1, end),
                slash < 0 ? null : text.substring(slash + 1));
    }

    /**
     * Makes an address from its parts, normalizing each.
     *
     * @param local the local part, or null
     * @param domain the domain
     * @param resource the resource, or null
     * @return the address
     * @throws JidFormatException if a part is not legal; says which
     */
    public static Jid of(@Nullable String local, String domain, @Nullable String resource) {
        Objects.requireNonNull(domain, "domain");
        String user = local == null ? null : LocalParts.normalize(local);
        String host = Domains.normalize(domain);
        return new Jid(user, host, resource == null ? null : Resources.normalize(resource));
    }

    /** {@return the local part, or null} */
    public @Nullable String local() {
        return local;
    }

    /** {@return the domain: lower-case, labels in Unicode, or an IPv4 address, or an IPv6 address in brackets} */
    public String domain() {
        return domain;
    }

    /** {@return the resource, or null} */
    public @Nullable String resource() {
        return resource;
    }

    /** {@return whether there is no resource} */
    public boolean isBare() {
        return resource == null;
    }

    /** {@return this address without its resource} */
    public Jid bare() {
        return resource == null ? this : new Jid(local, domain, null);
    }

    /**
     * {@return this address with another resource}
     *
     * @param resource the resource
     * @throws JidFormatException if it is not legal
     */
    public Jid withResource(String resource) {
        return new Jid(local, domain, Resources.normalize(resource));
    }

    /**
     * {@return the address for people to read, never for a machine: each part that is not ASCII is isolated, so that it cannot
     * turn around the text beside it (UAX #9); what cannot be seen, letters of a second script in one word or
     * label (UTS #39), and marks beyond the fourth on one letter are written as {@code <U+0430>}}
     *
     * <p>Of two addresses that look alike because each is wholly of one script, this does not warn.
     */
    public String displayForm() {
        return DisplayForm.of(local, domain, resource);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Jid jid && same(jid));
    }

    private boolean same(Jid jid) {
        return hashCode() == jid.hashCode()
                && domain.equals(jid.domain)
                && Objects.equals(local, jid.local)
                && Objects.equals(resource, jid.resource);
    }

    @Override
    public int hashCode() {
        int code = hash;
        if (code == 0) {
            code = (31 * Objects.hashCode(local) + domain.hashCode()) * 31 + Objects.hashCode(resource);
            hash = code;
        }
        return code;
    }

    /** {@return the address as text, which {@link #parse} makes the same address of} */
    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            String bare = local == null ? domain : local + '@' + domain;
            known = resource == null ? bare : bare + '/' + resource;
            text = known;
        }
        return known;
    }

    /** Refuses a part that is empty or, with every character at its shortest, would still be too long. */
    static void requireSaneLength(Part part, String raw) {
        if (raw.isEmpty()) {
            throw new JidFormatException(part, "it is empty");
        }
        // Normalization shortens a text to a third at most: three letters of jamo become one syllable.
        if (raw.length() > 3 * MAX_PART_BYTES) {
            throw new JidFormatException(part, "it is longer than " + MAX_PART_BYTES + " bytes");
        }
    }
}
