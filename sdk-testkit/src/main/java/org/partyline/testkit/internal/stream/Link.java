package org.partyline.testkit.internal.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.fault.FaultPlan;

/** The connection below a stream. Belongs to the network's loop, as the stream does. */
public interface Link {

    /** Writes one unit of the framing: it leaves with the next flush. */
    void write(byte[] unit);

    /** {@return whether bytes are protected by TLS} */
    boolean isSecure();

    /** {@return the addresses that the client's verified certificate names; empty without one} */
    List<String> certifiedNames();

    /** {@return the bytes that identify the connection by this type of channel binding, or null if it has none} */
    byte @Nullable [] channelBinding(String type);

    /** Sends what was written, and begins TLS as the server. */
    void startTls();

    /** {@return whether the peer reads fast enough that more may be written} */
    boolean isWritable();

    /** Reads nothing more from this link until another one is writable, or over. */
    void waitFor(Link other);

    /** Puts an account's faults beside those that hold for all. */
    void faults(FaultPlan plan);

    /** Sends what was written, and closes in order. */
    void close();

    /** Sends what was written, and closes without a word. */
    void hangUp();

    /** Closes with a reset; what was written is lost. */
    void reset();

    /** Receives and sends nothing more, and keeps the connection open. */
    void fallSilent();
}
