package org.partyline.testkit.internal.account;

import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.xml.XmlElement;

/** The connection that carries a session. */
public interface Wire {

    /** Writes an element; it leaves with the next flush. Does nothing on a connection that is over. */
    void write(XmlElement element);

    /** {@return whether the peer reads fast enough that more may be written} */
    boolean isWritable();

    /** Ends the stream with an error, and the connection with it. */
    void fail(StreamError error);

    /** Ends the connection without a word. */
    void hangUp();

    /** Resets the connection. */
    void reset();

    /** Receives and sends nothing more, and keeps the connection open. */
    void fallSilent();
}
