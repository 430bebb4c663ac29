package org.partyline.testkit.internal.proxy;

/** Where in a TLS connection something is to happen: in the record that is named. */
public enum TlsMoment implements Moment {
    /** The client's first record. */
    CLIENT_HELLO,
    /** The server's first record. */
    SERVER_HELLO,
    /** What the client answers to the server's first records: the end of its handshake. */
    CLIENT_FINISHED,
    /** The first application data of the client, or, where records do not tell, what follows the end of its handshake. */
    FIRST_DATA
}
