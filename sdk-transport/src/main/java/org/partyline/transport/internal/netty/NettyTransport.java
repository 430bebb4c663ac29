package org.partyline.transport.internal.netty;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.Transport;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.tls.ClientTls;
import org.partyline.transport.tls.TlsConfig;

/** The transport on Netty: loops, TLS contexts, and everything that is under way. */
public final class NettyTransport implements Transport {
    private static final int TLS_THREADS = 2;
    private static final int TLS_QUEUE = 8192;
    private static final int TLS_IDLE_SECONDS = 5;
    private static final int SHUTDOWN_SECONDS = 5;

    private final NettyThreads loopThreads;
    private final NettyThreads tlsThreads;
    private final MultiThreadIoEventLoopGroup group;
    private final List<NettyEventLoop> loops = new ArrayList<>();
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final ThreadPoolExecutor tlsTasks;
    private final Map<TlsConfig, CompletableFuture<ClientTls>> tlsContexts =
            Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<Runnable> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable CompletableFuture<Void>> closing = new AtomicReference<>();
    private final SecureRandom random = new SecureRandom();

    /**
     * Starts the loops.
     *
     * @param threads how many, at least 1
     * @param threadNamePrefix what the names of the threads begin with
     * @throws IllegalArgumentException if there are fewer than 1 threads
     */
    public NettyTransport(int threads, String threadNamePrefix) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed: " + threads);
        }
        loopThreads = new NettyThreads(threadNamePrefix + "-net-");
        tlsThreads = new NettyThreads(threadNamePrefix + "-tls-");
        group = new MultiThreadIoEventLoopGroup(threads, loopThreads, NioIoHandler.newFactory());
        for (EventExecutor executor : group) {
            loops.add(new NettyEventLoop((io.netty.channel.EventLoop) executor));
        }
        tlsTasks = new ThreadPoolExecutor(
                TLS_THREADS,
                TLS_THREADS,
                TLS_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(TLS_QUEUE),
                tlsThreads);
        tlsTasks.allowCoreThreadTimeOut(true);
    }

    @Override
    public EventLoop nextLoop() {
        return loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
    }

    @Override
    public CompletableFuture<XmlConnection> connect(String domain, TransportOptions options, EventLoop loop) {
        DomainName name = DomainName.of(domain);
        if (!(loop instanceof NettyEventLoop own) || !loops.contains(own)) {
            throw new IllegalArgumentException("the loop is not one of this transport's");
        }
        if (closing.get() != null) {
            throw new IllegalStateException("the transport is closed");
        }
        ConnectJob job = new ConnectJob(this, own, name, options);
        own.execute(job::start);
        return job.result();
    }

    /** Makes the TLS context of a configuration, once, away from the loops: it reads the trust store from disk. */
    CompletableFuture<ClientTls> tls(TlsConfig config) {
        return tlsContexts.computeIfAbsent(
                config, absent -> CompletableFuture.supplyAsync(() -> makeTls(absent), tlsTasks));
    }

    private static ClientTls makeTls(TlsConfig config) {
        try {
            return ClientTls.of(config);
        } catch (GeneralSecurityException e) {
            throw new CompletionException(e);
        }
    }

    Executor tlsTasks() {
        return tlsTasks;
    }

    SecureRandom random() {
        return random;
    }

    /** Remembers something that must end before the loops do. */
    void begun(Runnable abort) {
        underWay.add(abort);
        if (closing.get() != null) {
            abort.run();
        }
    }

    void ended(Runnable abort) {
        underWay.remove(abort);
    }

    /** Aborts a connection on closing, unless it has ended before. */
    void track(NettyXmlConnection connection) {
        Runnable abort = () -> connection.loop().execute(connection::abort);
        connection.ended().whenComplete((ignored, error) -> ended(abort));
        begun(abort);
    }

    @Override
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> earlier = closing.compareAndExchange(null, done);
        if (earlier != null) {
            return earlier.copy();
        }
        underWay.forEach(Runnable::run);
        // Threads are waited for by one that is not ours, so that all of ours are gone when the future completes.
        CompletableFuture.runAsync(this::shutDown).whenComplete((ignored, error) -> {
            if (error == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(error);
            }
        });
        return done.copy();
    }

    private void shutDown() {
        try {
            group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
            loopThreads.join();
            tlsTasks.shutdownNow();
            tlsThreads.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted while the loops ended", e);
        }
    }
}
