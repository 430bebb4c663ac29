package org.partyline.transport;

import org.partyline.transport.connection.Transport;
import org.partyline.transport.internal.netty.NettyTransport;

/** Makes the {@link Transport}: the one place that names its implementation. */
public final class Transports {
    private Transports() {}

    /**
     * Starts a transport. Its threads are daemons: the loops, named {@code <prefix>-net-<n>}, and up to two more, named
     * {@code <prefix>-tls-<n>}, while handshakes are under way.
     *
     * @param threads how many event loops, at least 1
     * @param threadNamePrefix what the names of the threads begin with
     * @return the transport; close it when done
     * @throws IllegalArgumentException if there are fewer than 1 threads
     */
    public static Transport start(int threads, String threadNamePrefix) {
        return new NettyTransport(threads, threadNamePrefix);
    }
}
