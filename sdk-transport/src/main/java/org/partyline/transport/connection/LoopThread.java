package org.partyline.transport.connection;

/**
 * Marks the threads of event loops: what waits for something refuses to do so on one of them, for it would stop every
 * connection of the loop.
 */
public interface LoopThread {

    /** {@return whether the calling thread is an event loop's} */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof LoopThread;
    }
}
