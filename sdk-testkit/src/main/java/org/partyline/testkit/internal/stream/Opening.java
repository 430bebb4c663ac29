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
 * @param error what ends the stream, or null if it may go on
 */
record Opening(
        String from, @Nullable Domain domain, @Nullable StreamError error) {

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
        return new Opening(from, domain, error(header, domain, before));
    }

    private static @Nullable StreamError error(XmlElement header, @Nullable Domain domain, @Nullable Domain before) {
        String version = header.attribute("version");
        if (header.attribute("to") == null) {
            return StreamError.of("improper-addressing", "A 'to' attribute is required on stream headers");
        }
        if (domain == null || (before != null && before != domain)) {
            return StreamError.of("host-unknown", "This server does not serve this domain");
        }
        return version == null || !version.startsWith("1.") ? StreamError.of("unsupported-version") : null;
    }
}
