package org.partyline.interop;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.partyline.transport.connection.Endpoint;

/** A server that the interop suite runs against, on loopback. */
interface InteropServer extends AutoCloseable {

    /** The name to show. */
    String name();

    /** The domain where every mechanism is offered that the server has. */
    String domain();

    Endpoint startTls();

    Endpoint directTls();

    Endpoint webSocket();

    /** What signed the server's certificate. */
    X509Certificate trustAnchor();

    /** The same as a PEM file, for clients in other languages. */
    Path trustFile();

    /** A domain that offers this SASL mechanism and no other, or empty if the server does not have the mechanism. */
    Optional<String> domainOfferingOnly(String mechanism);

    /** A domain that offers sign-in by XEP-0388 with channel binding, on this TLS version alone; empty if there is none. */
    default Optional<String> modernDomain(String tlsProtocol) {
        return Optional.empty();
    }

    /**
     * A domain that offers SCRAM-SHA-1-PLUS by the profile of RFC 6120 on this TLS version alone, with bindings that Java has;
     * empty if there is none.
     */
    default Optional<String> domainOfBoundSha1(String tlsProtocol) {
        return Optional.empty();
    }

    /** A certificate that proves an account of the domain that offers EXTERNAL. */
    default TestAuthority.Issued certificateOf(String address) {
        throw new IllegalStateException(name() + " has no accounts with certificates");
    }

    /** Whether what arrives for a session while it is being resumed is delivered in the order in which it arrived. */
    default boolean keepsOrderWhileResuming() {
        return true;
    }

    /** Whether archives have what {@code urn:xmpp:mam:2#extended} stands for. */
    default boolean hasExtendedArchives() {
        return true;
    }

    /** Whether an archive says that it does not know the message that a page is to begin behind (XEP-0313 section 4.3.2). */
    default boolean refusesUnknownArchiveIds() {
        return true;
    }

    void createAccount(String local, String domain, String password);

    /** What to look at when a test failed. */
    String log();

    @Override
    void close();
}
