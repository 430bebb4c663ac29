package org.partyline.transport.connection;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of a stream's opening (RFC 6120 section 4.7): {@code <stream:stream>} on TCP, {@code <open/>} on
 * WebSocket (RFC 7395 section 3.4).
 *
 * @param from who opens it, or null
 * @param to whom it is opened to, or null
 * @param id the stream's id, given by the server, or null
 * @param version the XMPP version, or null where absent
 * @param language the default language, or null
 */
public record StreamHeader(
        @Nullable String from,
        @Nullable String to,
        @Nullable String id,
        @Nullable String version,
        @Nullable String language) {

    /**
     * {@return the header that a client sends}
     *
     * @param from the account's bare address, or null to keep it back (it is only sent under TLS)
     * @param to the service's domain
     */
    public static StreamHeader toServer(@Nullable String from, String to) {
        return new StreamHeader(from, to, null, "1.0", "en");
    }
}
