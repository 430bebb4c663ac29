package org.partyline.client;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.partyline.error.ImException;
import org.partyline.internal.future.Waiter;

/**
 * A {@link ChatClient} whose calls wait: for scripts, tests, and threads that may block, virtual ones among them. A thin
 * shell, got by {@link ChatClient#blocking}; both may be used side by side.
 *
 * <p>Each call waits for the time given there, and throws
 *
 * <ul>
 *   <li>the {@link org.partyline.error.ImException} that the future of its asynchronous twin fails with, with the
 *       caller's stack trace;
 *   <li>{@link org.partyline.error.RequestTimeoutException} when the time is up, and
 *       {@link java.util.concurrent.CancellationException} when the thread is interrupted, which it still is then; either
 *       way the call is cancelled, with what that means for its twin;
 *   <li>{@link IllegalStateException} on an event loop, before anything was begun, and wherever its twin does.
 * </ul>
 *
 * <p>Calling inside a callback is safe, though the client's other callbacks wait meanwhile. Events come by
 * {@link #client()}'s streams.
 */
public final class BlockingClient implements AutoCloseable {
    /** Beside which a second does not count, and must not overflow. */
    private static final Duration LONG = Duration.ofDays(365);

    private final ChatClient client;
    private final Waiter waiter;
    private final BlockingMessages messages;
    private final BlockingPresence presence;
    private final BlockingRoster roster;
    private final BlockingBlockList blockList;
    private final BlockingArchive archive;

    BlockingClient(ChatClient client, Duration timeout) {
        this.client = client;
        this.waiter = new Waiter(timeout);
        this.messages = new BlockingMessages(client, waiter);
        this.presence = new BlockingPresence(client, waiter);
        this.roster = new BlockingRoster(client, waiter);
        this.blockList = new BlockingBlockList(client, waiter);
        this.archive = new BlockingArchive(client, waiter);
    }

    /** {@return the client behind this: its state, its events, and messages to be written} */
    public ChatClient client() {
        return client;
    }

    /** Connects and signs in, as {@link ChatClient#connect()}. A timeout or an interrupt disconnects. */
    public void connect() {
        waiter.await("connect", client::connect);
    }

    /** Ends the session in order, as {@link ChatClient#disconnect()}. */
    public void disconnect() {
        waiter.await("disconnect", client::disconnect);
    }

    /**
     * Accepts no more messages, and waits until those in the outbox are acknowledged, as {@link ChatClient#drain}.
     *
     * @param timeout how long to wait, instead of this client's time
     */
    public void drain(Duration timeout) {
        // The twin keeps the time; it gets a moment to say that it was up.
        Duration patience = timeout.compareTo(LONG) < 0 ? timeout.plusSeconds(1) : timeout;
        waiter.await("drain", () -> client.drain(timeout), patience);
    }

    /** {@return sending of messages} */
    public BlockingMessages messages() {
        return messages;
    }

    /** {@return own presence, and who may see whose} */
    public BlockingPresence presence() {
        return presence;
    }

    /** {@return changes to the contact list} */
    public BlockingRoster roster() {
        return roster;
    }

    /** {@return the block list} */
    public BlockingBlockList blockList() {
        return blockList;
    }

    /** {@return archives of messages} */
    public BlockingArchive archive() {
        return archive;
    }

    /**
     * Closes the client for good, and waits until nothing of it is left. Throws nothing when the time is up or the thread
     * is interrupted: the client goes on closing. Idempotent.
     *
     * @throws IllegalStateException on an event loop; {@link ChatClient#close()} does not wait
     */
    @Override
    public void close() {
        try {
            waiter.await("close", client::closeAsync);
        } catch (ImException | CancellationException e) {
            // The client closes all the same; an interrupted thread is so still.
            client.close();
        }
    }
}
