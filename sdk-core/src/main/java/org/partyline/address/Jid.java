package org.partyline.address;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable address: {@code local@domain/resource}, local part and resource optional (RFC 7622).
 */
public final class Jid {
    private final @Nullable String local;
    private final String domain;
    private final @Nullable String resource;

    private Jid(@Nullable String local, String domain, @Nullable String resource) {
        this.local = local;
        this.domain = domain;
        this.resource = resource;
    }

    /**
     * Parses and normalizes an address.
     *
     * @param text the address
     * @return the address
     * @throws JidFormatException if it is none
     */
    public static Jid parse(String text) {
        int slash = text.indexOf('/');
        String bare = slash < 0 ? text : text.substring(0, slash);
        String resource = slash < 0 ? null : text.substring(slash + 1);
        int at = bare.indexOf('@');
        return of(at < 0 ? null : bare.substring(0, at), bare.substring(at + 1), resource);
    }

    /**
     * Makes an address from its parts, normalizing each.
     *
     * @param local the local part, or null
     * @param domain the domain
     * @param resource the resource, or null
     * @return the address
     * @throws JidFormatException if a part is not legal
     */
    public static Jid of(@Nullable String local, String domain, @Nullable String resource) {
        if (domain.isEmpty()) {
            throw new JidFormatException(JidFormatException.Part.DOMAIN, "the domain is empty");
        }
        return new Jid(local, domain, resource);
    }

    /** {@return the local part, or null} */
    public @Nullable String local() {
        return local;
    }

    /** {@return the domain} */
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
        return of(local, domain, resource);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Jid jid
                && domain.equals(jid.domain)
                && Objects.equals(local, jid.local)
                && Objects.equals(resource, jid.resource);
    }

    @Override
    public int hashCode() {
        return Objects.hash(local, domain, resource);
    }

    /** {@return the address as text} */
    @Override
    public String toString() {
        return (local == null ? "" : local + "@") + domain + (resource == null ? "" : "/" + resource);
    }
}
