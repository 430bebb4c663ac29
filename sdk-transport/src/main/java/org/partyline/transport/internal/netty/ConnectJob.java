package org.partyline.transport.internal.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.Endpoint.Kind;
import org.partyline.transport.connection.EventLoop.Cancellable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Attempt;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.tls.ClientTls;

/** One call of {@code connect}: goes through the endpoints in order until one is connected and, where due, verified. */
final class ConnectJob {
    /** The protocol's name in ALPN (XEP-0368). */
    private static final List<String> XMPP_CLIENT = List.of("xmpp-client");

    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final NettyTransport transport;
    private final NettyEventLoop loop;
    private final DomainName domain;
    private final TransportOptions options;
    private final CompletableFuture<XmlConnection> result = new CompletableFuture<>();
    private final Runnable abort = this::abortFromAnywhere;
    private final List<Attempt> attempts = new ArrayList<>();
    private final ArrayDeque<Endpoint> endpoints = new ArrayDeque<>();
    private final DnsClient dns;
    private final AddressLookup addresses;
    private @Nullable Cancellable deadline;
    /** What is being tried at the moment, and what ends it. */
    private @Nullable Endpoint trying;

    private Runnable current = () -> {};

    ConnectJob(NettyTransport transport, NettyEventLoop loop, DomainName domain, TransportOptions options) {
        this.transport = transport;
        this.loop = loop;
        this.domain = domain;
        this.options = options;
        this.dns = new DnsClient(loop, options.nameServers());
        this.addresses = new AddressLookup(dns);
    }

    CompletableFuture<XmlConnection> result() {
        return result;
    }

    void start() {
        result.whenComplete((connection, error) -> {
            if (result.isCancelled()) {
                loop.execute(this::stop);
            }
        });
        transport.begun(abort);
        deadline = loop.schedule(this::outOfTime, options.totalTimeout());
        transport
                .tls(options.tls())
                .whenCompleteAsync(
                        (tls, error) -> {
                            if (error != null) {
                                fail(new TransportException(
                                        Reason.TLS_FAILED, "TLS cannot be set up: " + error, error));
                            } else {
                                endpoints.addAll(options.endpoints());
                                next(tls);
                            }
                        },
                        loop);
    }

    private void abortFromAnywhere() {
        loop.execute(() -> fail(new TransportException(Reason.CLOSED, "the transport was closed", null)));
    }

    private void outOfTime() {
        if (!result.isDone()) {
            if (trying != null) {
                attempts.add(new Attempt(
                        trying, new TransportException(Reason.TIMED_OUT, "the time for all endpoints was over", null)));
            }
            fail(summary(Reason.TIMED_OUT, "not connected to " + domain + " within " + options.totalTimeout()));
        }
    }

    private void next(ClientTls tls) {
        if (result.isDone()) {
            return;
        }
        Endpoint endpoint = endpoints.poll();
        trying = endpoint;
        if (endpoint == null) {
            fail(summary(worstReason(), "no endpoint of " + domain + " could be connected to"));
            return;
        }
        attempt(tls, endpoint);
    }

    private void attempt(ClientTls tls, Endpoint endpoint) {
        AddressRace race = new AddressRace(loop, bootstrap(), endpoint.port(), new AddressRace.Outcome() {
            @Override
            public void attemptFailed(InetSocketAddress address, Throwable error) {
                attempts.add(new Attempt(
                        endpoint,
                        new TransportException(
                                Reason.CONNECT_FAILED,
                                address.getAddress().getHostAddress() + ": " + error.getMessage(),
                                error)));
            }

            @Override
            public void finished(@Nullable Channel winner) {
                if (winner == null) {
                    next(tls);
                } else {
                    connected(tls, endpoint, winner);
                }
            }
        });
        current = race::cancel;
        try {
            addresses.feed(
                    DomainName.of(endpoint.host()), race, failure -> attempts.add(new Attempt(endpoint, failure)));
        } catch (IllegalArgumentException notAHost) {
            attempts.add(new Attempt(endpoint, notAHost));
            next(tls);
        }
    }

    private void connected(ClientTls tls, Endpoint endpoint, Channel channel) {
        LiveConnection live = new LiveConnection(transport);
        NettyXmlConnection connection = new NettyXmlConnection(
                channel, new ConnectionSetup(loop, endpoint, domain, options, tls, transport.tlsTasks(), live::ended));
        live.begun(connection);
        current = connection::abort;
        if (endpoint.kind() == Kind.STARTTLS) {
            succeed(connection);
            return;
        }
        connection.secure(XMPP_CLIENT).whenComplete((session, error) -> {
            if (error == null) {
                succeed(connection);
            } else {
                attempts.add(new Attempt(endpoint, error));
                next(tls);
            }
        });
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
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(options.connectTimeout().toMillis()))
                .handler(new ChannelInboundHandlerAdapter() {});
    }

    private void succeed(XmlConnection connection) {
        end();
        if (!result.complete(connection)) {
            connection.abort();
        }
    }

    private void fail(TransportException cause) {
        stop();
        result.completeExceptionally(cause);
    }

    /** Ends whatever is under way. */
    private void stop() {
        end();
        Runnable last = current;
        current = () -> {};
        last.run();
    }

    private void end() {
        if (deadline != null) {
            deadline.cancel();
        }
        dns.close();
        transport.ended(abort);
    }

    /** A rejected certificate is what the user must hear of first, whatever else failed. */
    private Reason worstReason() {
        for (Reason reason : List.of(
                Reason.CERTIFICATE_REJECTED,
                Reason.NOT_XMPP,
                Reason.TLS_FAILED,
                Reason.TIMED_OUT,
                Reason.CONNECT_FAILED)) {
            for (Attempt attempt : attempts) {
                if (reasonOf(attempt) == reason) {
                    return reason;
                }
            }
        }
        return Reason.CONNECT_FAILED;
    }

    private static Reason reasonOf(Attempt attempt) {
        return attempt.failure() instanceof TransportException known ? known.reason() : Reason.CONNECT_FAILED;
    }

    private TransportException summary(Reason reason, String what) {
        Reason worst = worstReason() == Reason.CERTIFICATE_REJECTED ? Reason.CERTIFICATE_REJECTED : reason;
        for (Attempt attempt : attempts) {
            if (reasonOf(attempt) == worst) {
                return new TransportException(worst, what + ": " + attempt, attempt.failure(), attempts);
            }
        }
        return new TransportException(worst, what, null, attempts);
    }
}
