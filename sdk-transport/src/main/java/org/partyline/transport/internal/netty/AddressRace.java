package org.partyline.transport.internal.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.EventLoop.Cancellable;

/**
 * Races connections to the addresses of one host, as RFC 8305 says: IPv6 and IPv4 by turns, a new attempt every 250 ms
 * or as soon as the last one failed, at most four at once. The first that connects wins, and the others are closed.
 * Addresses may come in while it runs. Lives on one loop.
 */
final class AddressRace {
    /** RFC 8305 section 5, "Connection Attempt Delay". */
    static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);
    /** RFC 8305 section 3, "Resolution Delay": how long IPv4 waits for IPv6 to be found. */
    static final Duration RESOLUTION_DELAY = Duration.ofMillis(50);

    private static final int MAX_PARALLEL = 4;
    /** Addresses of each family that are tried (L27). */
    private static final int MAX_ADDRESSES = 32;

    /** Hears how it went. */
    interface Outcome {
        /** One address did not answer in time, or refused. */
        void attemptFailed(InetSocketAddress address, Throwable error);

        /** Called at most once: with a connected channel that reads nothing yet, or null when nothing is left to try. */
        void finished(@Nullable Channel winner);
    }

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final int port;
    private final Outcome outcome;
    private final ArrayDeque<InetAddress> six = new ArrayDeque<>();
    private final ArrayDeque<InetAddress> four = new ArrayDeque<>();
    private final Set<InetAddress> seen = new HashSet<>();
    private final List<ChannelFuture> running = new ArrayList<>();
    private @Nullable Cancellable timer;
    private int sixes;
    private int fours;
    private boolean sixWasLast;
    private boolean started;
    private boolean complete;
    private boolean over;

    AddressRace(EventLoop loop, Bootstrap bootstrap, int port, Outcome outcome) {
        this.loop = loop;
        this.bootstrap = bootstrap;
        this.port = port;
        this.outcome = outcome;
    }

    /**
     * Adds addresses.
     *
     * @param addresses in order of preference; those seen before are left out, and those over the limit
     */
    void add(List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            boolean isSix = address instanceof Inet6Address;
            if ((isSix ? sixes : fours) < MAX_ADDRESSES && seen.add(address)) {
                (isSix ? six : four).add(address);
                sixes += isSix ? 1 : 0;
                fours += isSix ? 0 : 1;
            }
        }
        if (!over && !started && !six.isEmpty()) {
            begin();
        } else if (!over && !started && timer == null && !four.isEmpty()) {
            timer = loop.schedule(this::begin, RESOLUTION_DELAY);
        } else if (started && timer == null && running.size() < MAX_PARALLEL) {
            next();
        }
    }

    /** No more addresses will be added. */
    void complete() {
        complete = true;
        if (!started) {
            begin();
        } else if (running.isEmpty()) {
            next();
        }
    }

    /** Ends all attempts; the outcome hears nothing more. */
    void cancel() {
        over = true;
        stopTimer();
        // Dropping one runs its listener, which takes it out of the list.
        List.copyOf(running).forEach(AddressRace::drop);
    }

    private void begin() {
        if (!started) {
            started = true;
            next();
        }
    }

    private void next() {
        stopTimer();
        if (over) {
            return;
        }
        InetAddress address = poll();
        if (address == null) {
            if (complete && running.isEmpty()) {
                over = true;
                outcome.finished(null);
            }
            return;
        }
        if (running.size() + 1 < MAX_PARALLEL) {
            timer = loop.schedule(this::next, ATTEMPT_DELAY);
        }
        // May fail before it returns, and then comes back here.
        attempt(new InetSocketAddress(address, port));
    }

    private @Nullable InetAddress poll() {
        boolean useSix = four.isEmpty() || (!sixWasLast && !six.isEmpty());
        sixWasLast = useSix;
        return (useSix ? six : four).poll();
    }

    private void attempt(InetSocketAddress address) {
        ChannelFuture connecting = bootstrap.connect(address);
        running.add(connecting);
        connecting.addListener(done -> {
            running.remove(connecting);
            if (over) {
                drop(connecting);
            } else if (connecting.isSuccess()) {
                cancel();
                outcome.finished(connecting.channel());
            } else {
                outcome.attemptFailed(address, connecting.cause());
                next();
            }
        });
    }

    private static void drop(ChannelFuture connecting) {
        connecting.cancel(false);
        connecting.channel().close();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
