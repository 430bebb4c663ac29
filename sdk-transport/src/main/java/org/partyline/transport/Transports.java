package org.partyline.transport;

import org.partyline.transport.connection.Transport;

/** Makes the {@link Transport}: the one place that names its implementation. */
public final class Transports {
    private Transports() {}

    /**
     * Starts a transport.
     *
     * @param threads how many event loops, at least 1
     * @param threadNamePrefix what the names of the threads begin with
     * @return the transport; close it when done
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static Transport start(int threads, String threadNamePrefix) {
        throw new UnsupportedOperationException("not built yet");
    }
}
