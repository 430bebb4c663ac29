package org.partyline.transport.internal.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.proxy.ProxyDialog;

/** Connects to a host: finds its addresses and races them, or has a proxy do so. */
final class Dialer {
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    /** A bootstrap must have a handler; the pipeline is built once it is known which address won. */
    private static final ChannelHandler NOTHING = new Nothing();

    @ChannelHandler.Sharable
    private static final class Nothing extends ChannelHandlerAdapter {}

    /** Hears how it went, on the loop. */
    interface Outcome {
        /** One address could not be connected to, or none was found. */
        void attemptFailed(TransportException failure);

        /** Called at most once: with a connected channel that reads nothing yet, or null when nothing is left to try. */
        void finished(@Nullable Channel winner);
    }

    private final NettyEventLoop loop;
    private final Duration connectTimeout;
    private final AddressLookup addresses;
    private final ProxyPath.@Nullable Use proxy;

    Dialer(NettyEventLoop loop, Duration connectTimeout, AddressLookup addresses, ProxyPath.@Nullable Use proxy) {
        this.loop = loop;
        this.connectTimeout = connectTimeout;
        this.addresses = addresses;
        this.proxy = proxy;
    }

    /**
     * Begins to connect.
     *
     * @param host the host
     * @param port the port
     * @param outcome hears how it went
     * @return ends it; the outcome hears nothing more
     */
    Runnable dial(DomainName host, int port, Outcome outcome) {
        return proxy == null ? direct(host, port, outcome) : through(proxy, host, port, outcome);
    }

    /** The host's name goes to the proxy as it is: no name server on this side hears of it. */
    private Runnable through(ProxyPath.Use use, DomainName host, int port, Outcome outcome) {
        DomainName proxyHost;
        try {
            proxyHost = DomainName.of(use.proxy().host());
        } catch (IllegalArgumentException notAHost) {
            outcome.attemptFailed(ProxyDialog.failed(use.proxy(), "has no valid host name", notAHost));
            outcome.finished(null);
            return () -> {};
        }
        ProxyPath path = new ProxyPath(loop, use, host, port, outcome);
        path.dialing(direct(proxyHost, use.proxy().port(), path));
        return path::cancel;
    }

    private Runnable direct(DomainName host, int port, Outcome outcome) {
        AddressRace race = new AddressRace(loop, bootstrap(), port, new AddressRace.Outcome() {
            @Override
            public void attemptFailed(InetSocketAddress address, Throwable error) {
                outcome.attemptFailed(new TransportException(
                        Reason.CONNECT_FAILED,
                        address.getAddress().getHostAddress() + ": " + error.getMessage(),
                        error));
            }

            @Override
            public void finished(@Nullable Channel winner) {
                outcome.finished(winner);
            }
        });
        addresses.feed(host, race, outcome::attemptFailed);
        return race::cancel;
    }

    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loop.netty())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, false)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                .handler(NOTHING);
    }
}
