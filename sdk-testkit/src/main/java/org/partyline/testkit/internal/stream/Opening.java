package org.partyline.testkit.internal.stream;

import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.route.Directory;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.xml.XmlElement;

/**
 * What becomes of a client's stream header (RFC 6120 section 4.7).
 *
 * @param from whom the server answers as
 * @param domain the domain that is asked for, or null if it is not served
 * @param client whom the client claims to be, or null; nothing is proved by it
 * @param error what ends the stream, or null if it may go on
 */
record Opening(
        String from,
        @Nullable Domain domain,
        @Nullable Address client,
        @Nullable StreamError error) {

    /**
     * {@return what becomes of it}
     *
     * @param header the header
     * @param directory the domains that are served
     * @param before the domain that an earlier header of the connection asked for, or null
     */
    static Opening of(XmlElement header, Directory directory, @Nullable Domain before) {
        String to = header.attribute("to");
        Address server = Address.parse(to);
        Domain domain = server == null || !server.isServer() ? null : directory.domain(server.domain());
        String from = domain != null ? domain.name() : to == null ? "" : to;
        Address client = Address.parse(header.attribute("from"));
        return new Opening(from, domain, client, error(header, domain, before, client));
    }

    private static @Nullable StreamError error(
            XmlElement header, @Nullable Domain domain, @Nullable Domain before, @Nullable Address client) {
        String version = header.attribute("version");
        if (header.attribute("to") == null) {
            return StreamError.of("improper-addressing", "A 'to' attribute is required on stream headers");
        }
        if (domain == null || (before != null && before != domain)) {
            return StreamError.of("host-unknown", "This server does not serve this domain");
        }
        if (client != null && !client.domain().equals(domain.name())) {
            // XEP-0388 section 2.1, RFC 6120 section 4.9.3.9.
            return StreamError.of("invalid-from");
        }
        return version == null || !version.startsWith("1.") ? StreamError.of("unsupported-version") : null;
    }
}
