package org.partyline.transport.connection;

/**
 * Marks the transport's threads, event loops and those that compute handshakes for them: what waits for something refuses to
 * do so on one of them, for it would stop every connection of the loop.
 */
public interface LoopThread {

    /** {@return whether the calling thread is one of the transport's} */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof LoopThread;
    }
}
