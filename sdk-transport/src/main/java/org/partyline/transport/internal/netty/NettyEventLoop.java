package org.partyline.transport.internal.netty;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.partyline.transport.connection.EventLoop;

/** One of Netty's event loops, behind the transport's own interface. */
final class NettyEventLoop implements EventLoop {
    private final io.netty.channel.EventLoop loop;

    NettyEventLoop(io.netty.channel.EventLoop loop) {
        this.loop = loop;
    }

    io.netty.channel.EventLoop netty() {
        return loop;
    }

    @Override
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> scheduled = loop.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }
}
