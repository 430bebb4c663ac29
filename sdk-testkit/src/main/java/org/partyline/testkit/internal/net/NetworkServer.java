package org.partyline.testkit.internal.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.route.Router;
import org.partyline.testkit.internal.stream.ClientStream;
import org.partyline.testkit.internal.stream.StreamHub;
import org.partyline.testkit.internal.stream.StreamSettings;
import org.partyline.testkit.internal.websocket.HttpAnswers;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a network on loopback, and its loop. Methods may be called by any thread but the loop's. */
public final class NetworkServer {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkServer.class);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 * 1024, 512 * 1024);
    private static final int BACKLOG = 1024;
    private static final int MOST_BINDS = 100;
    private static final int MAX_TRIES = 1_000;
    private static final int CONNECT_MILLIS = 1_000;

    /** What is listened for. */
    public enum Port {
        STARTTLS,
        DIRECT_TLS,
        WEBSOCKET
    }

    private final LoopThreads threads;
    private final MultiThreadIoEventLoopGroup group;
    private final NetworkLoop loop;
    private final StreamHub hub;
    private final Acceptor acceptor;
    private final Map<Port, Channel> listeners = new EnumMap<>(Port.class);
    private final Map<Port, Integer> ports = new ConcurrentHashMap<>();

    /**
     * Makes a server that does not listen yet.
     *
     * @param name what its threads are named after
     * @param router the routing
     * @param settings what holds for all streams
     * @param tls the server's side of TLS
     */
    public NetworkServer(String name, Router router, StreamSettings settings, TlsSides tls) {
        this.threads = new LoopThreads(name);
        this.group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
        this.loop = new NetworkLoop(group.next());
        this.hub = new StreamHub(router, settings, loop);
        this.acceptor = new Acceptor(loop, hub, tls, this::webSocketAddress);
    }

    /**
     * Listens, on the same ports as before if it did before. Does nothing where it listens already.
     *
     * @throws IllegalStateException if it is closed, or a port is taken
     */
    public synchronized void listen() {
        listen(Port.STARTTLS, acceptor::acceptPlain);
        listen(Port.DIRECT_TLS, acceptor::acceptTls);
        listen(Port.WEBSOCKET, acceptor::acceptWeb);
    }

    private void listen(Port port, Consumer<Channel> accept) {
        if (listeners.containsKey(port)) {
            return;
        }
        if (group.isShuttingDown()) {
            throw new IllegalStateException("the network is closed");
        }
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept.accept(channel);
                    }
                });
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.getOrDefault(port, 0));
        ChannelFuture bound = bind(bootstrap, address);
        if (!bound.isSuccess()) {
            throw new IllegalStateException("cannot listen on " + address, bound.cause());
        }
        Channel listener = bound.channel();
        listeners.put(port, listener);
        ports.put(port, ((InetSocketAddress) listener.localAddress()).getPort());
    }

    /**
     * A listener that was closed keeps its port until the loop's selector looks again, which the loop can put off while it
     * has tasks; so what asks for the same port at once may have to ask again.
     */
    private static ChannelFuture bind(ServerBootstrap bootstrap, InetSocketAddress address) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        for (int i = 1; i < MOST_BINDS && address.getPort() != 0 && bound.cause() instanceof BindException; i++) {
            bound = bootstrap.bind(address).awaitUninterruptibly();
        }
        return bound;
    }

    /** {@return where it listens, or listened} */
    public int port(Port port) {
        return Objects.requireNonNull(ports.get(port));
    }

    /** {@return the address of the WebSocket; its certificate is valid for that name too} */
    public String webSocketAddress() {
        return "wss://localhost:" + port(Port.WEBSOCKET) + HttpAnswers.WEBSOCKET_PATH;
    }

    /** {@return what streams share; to be touched within {@link #call} only} */
    public StreamHub hub() {
        return hub;
    }

    /** {@return all bytes that clients sent before TLS} */
    public byte[] clearText() {
        return acceptor.clearText().all();
    }

    /**
     * Runs a task on the loop, and waits for it.
     *
     * @return what the task returned
     */
    public <T> T call(Callable<T> task) {
        if (loop.loop().inEventLoop()) {
            throw new IllegalStateException("called from within the network's own thread");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
            loop.changed();
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Runs a task on the loop, and waits for it. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** Sends many messages to an account's first session that has a connection. */
    public CompletableFuture<Void> flood(Account to, int count, String body) {
        Flood flood = new Flood(loop, to, count, body);
        loop.execute(flood);
        return flood.done();
    }

    /** {@return what completes once the condition holds} */
    public CompletableFuture<Void> until(BooleanSupplier condition) {
        return loop.until(condition);
    }

    /** {@return the streams of all connections; to be touched within {@link #call} only} */
    public List<ClientStream> streams() {
        return acceptor.links().stream().map(NettyLink::stream).toList();
    }

    /** Accepts no more connections, and ends every stream with an error. */
    public void shutDown(StreamError error) {
        stopListening();
        run(() -> {
            acceptor.links().forEach(link -> link.end(error));
            hub.endAll();
        });
    }

    private synchronized void stopListening() {
        listeners.values().forEach(listener -> listener.close().syncUninterruptibly());
        listeners.keySet().forEach(port -> awaitRefusal(ports.getOrDefault(port, 0)));
        listeners.clear();
    }

    /** A port is given back only when the selector next looks, until when the system takes connections for nobody. */
    private void awaitRefusal(int port) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                run(() -> {});
            } catch (IOException refused) {
                return;
            }
        }
        LOG.debug("somebody else listens on port {} now", port);
    }

    /** Closes everything without a word, and returns when no thread is left. */
    public void close() {
        stopListening();
        run(() -> acceptor.links().forEach(NettyLink::closeSocket));
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        boolean interrupted = false;
        while (true) {
            try {
                threads.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
