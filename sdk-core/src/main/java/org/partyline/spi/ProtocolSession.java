package org.partyline.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.archive.MessageArchive;
import org.partyline.message.Messages;
import org.partyline.presence.PresenceService;
import org.partyline.privacy.BlockList;
import org.partyline.roster.Roster;
import org.partyline.session.ConnectionState;
import org.partyline.session.SignIn;
import org.partyline.session.StateChange;
import org.partyline.stream.EventStream;
import org.partyline.trace.WireTrace;

/**
 * One client's session over one protocol. Safe for use by many threads. The contracts of the methods that
 * {@code ChatClient} has too stand there.
 */
public interface ProtocolSession {

    /** {@return see {@code ChatClient.connect()}} */
    CompletableFuture<Void> connect();

    /** {@return see {@code ChatClient.disconnect()}} */
    CompletableFuture<Void> disconnect();

    /** Makes an attempt now if the session waits for one. */
    void reconnectNow();

    /**
     * {@return see {@code ChatClient.drain(Duration)}}
     *
     * @param timeout how long to wait
     */
    CompletableFuture<Void> drain(Duration timeout);

    /** {@return completes when nothing of the session is left; never fails} */
    CompletableFuture<Void> close();

    /** {@return where the session stands} */
    ConnectionState state();

    /** {@return changes of the state} */
    EventStream<StateChange> states();

    /** {@return the full address of this device, once bound} */
    Optional<Jid> self();

    /** {@return how this client signed in last; empty before it did} */
    Optional<SignIn> signIn();

    /** {@return the last of what went over the wire; see {@code ChatClient.trace()}} */
    WireTrace trace();

    /** {@return messages} */
    Messages messages();

    /** {@return presence} */
    PresenceService presence();

    /** {@return the contact list} */
    Roster roster();

    /** {@return the block list} */
    BlockList blockList();

    /** {@return archives of messages} */
    MessageArchive archive();

    /**
     * Tells the server whether the user looks at the application (XEP-0352), so that it can hold back what can wait.
     *
     * @param active whether
     */
    void active(boolean active);

    /**
     * {@return a door to what only this protocol has}
     *
     * @param type the door's type
     * @param <T> the door's type
     */
    <T> Optional<T> extension(Class<T> type);
}
