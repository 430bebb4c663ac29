package org.partyline.transport.internal.netty;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.Endpoint.Kind;
import org.partyline.transport.connection.EventLoop.Cancellable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.stream.StreamSyntax;
import org.partyline.transport.internal.stream.WebSocketSyntax;
import org.partyline.transport.internal.tls.ClientTls;
import org.partyline.transport.proxy.ProxyServer;

/** One call of {@code connect}: goes through the endpoints in order until one is connected and, where due, verified. */
final class ConnectJob {
    /** The protocol's name in ALPN (XEP-0368). */
    private static final List<String> XMPP_CLIENT = List.of("xmpp-client");

    private static final List<String> HTTP = List.of("http/1.1");

    private final NettyTransport transport;
    private final NettyEventLoop loop;
    private final DomainName domain;
    private final TransportOptions options;
    private final CompletableFuture<XmlConnection> result = new CompletableFuture<>();
    private final Runnable abort = this::abortFromAnywhere;
    private final AttemptLog attempts = new AttemptLog();
    private final ArrayDeque<Endpoint> endpoints = new ArrayDeque<>();
    private final DnsClient dns;
    private final Dialer dialer;
    private @Nullable Cancellable deadline;
    /** What is being tried at the moment, and what ends it. */
    private @Nullable Endpoint trying;

    private Runnable current = () -> {};
    private boolean mayDiscover;

    ConnectJob(NettyTransport transport, NettyEventLoop loop, DomainName domain, TransportOptions options) {
        this.transport = transport;
        this.loop = loop;
        this.domain = domain;
        this.options = options;
        this.dns = new DnsClient(loop, options.nameServers());
        this.dialer = new Dialer(loop, options.connectTimeout(), new AddressLookup(dns), proxy(transport, options));
    }

    private static ProxyPath.@Nullable Use proxy(NettyTransport transport, TransportOptions options) {
        ProxyServer proxy = options.proxy();
        return proxy == null ? null : new ProxyPath.Use(proxy, transport.tlsTasks(), options.connectTimeout());
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
                            if (error == null) {
                                find(tls);
                            } else {
                                fail(new TransportException(
                                        Reason.TLS_FAILED, "TLS cannot be set up: " + error, error));
                            }
                        },
                        loop);
    }

    private void abortFromAnywhere() {
        loop.execute(() -> fail(new TransportException(Reason.CLOSED, "the transport was closed", null)));
    }

    private void outOfTime() {
        if (result.isDone()) {
            return;
        }
        if (trying != null) {
            attempts.add(trying, new TransportException(Reason.TIMED_OUT, "the time for all endpoints was over", null));
        }
        fail(attempts.summary(Reason.TIMED_OUT, "not connected to " + domain + " within " + options.totalTimeout()));
    }

    private void find(ClientTls tls) {
        if (result.isDone()) {
            return;
        }
        if (!options.endpoints().isEmpty()) {
            endpoints.addAll(options.endpoints());
            next(tls);
            return;
        }
        mayDiscover = options.webSocketDiscovery() && domain.literal() == null && !domain.isLocalhost();
        if (options.proxy() != null && !options.localServiceLookup()) {
            endpoints.addAll(ServiceLookup.unasked(domain));
            next(tls);
            return;
        }
        new ServiceLookup(dns, transport.random()).find(domain).whenComplete((found, error) -> {
            if (error == null) {
                endpoints.addAll(found);
                next(tls);
            } else {
                Throwable cause = Failures.unwrap(error);
                fail(
                        cause instanceof TransportException known
                                ? known
                                : new TransportException(Reason.DNS_FAILED, "cannot look up " + domain, error));
            }
        });
    }

    private void next(ClientTls tls) {
        if (result.isDone()) {
            return;
        }
        if (attempts.endedByProxy()) {
            // Nothing goes another way; and a proxy that refused credentials is not to be asked again.
            endpoints.clear();
            mayDiscover = false;
        }
        Endpoint endpoint = endpoints.poll();
        trying = endpoint;
        if (endpoint != null) {
            attempt(tls, endpoint);
        } else if (mayDiscover && attempts.anyHostAnswered()) {
            mayDiscover = false;
            discover(tls);
        } else {
            fail(attempts.summary(null, "no endpoint of " + domain + " could be connected to"));
        }
    }

    /** Asks host-meta once every TCP endpoint failed: a network may let nothing but HTTPS pass (XEP-0156). */
    private void discover(ClientTls tls) {
        HostMetaLookup lookup = new HostMetaLookup(dialer);
        Endpoint https = Endpoint.directTls(domain.ascii(), HostMetaLookup.HTTPS);
        CompletableFuture<List<Endpoint>> found = lookup.find(
                new ConnectionSetup(loop, https, domain, options, tls, transport.tlsTasks(), StreamSyntax.TCP));
        current = lookup::cancel;
        found.whenComplete((offered, error) -> {
            if (error == null) {
                endpoints.addAll(offered);
            }
            next(tls);
        });
    }

    private void attempt(ClientTls tls, Endpoint endpoint) {
        DomainName host;
        try {
            host = DomainName.of(endpoint.host());
        } catch (IllegalArgumentException notAHost) {
            attempts.add(endpoint, notAHost);
            next(tls);
            return;
        }
        StreamSyntax syntax =
                endpoint.kind() == Kind.WEBSOCKET ? new WebSocketSyntax(transport.random()) : StreamSyntax.TCP;
        DomainName verified = endpoint.kind() == Kind.WEBSOCKET ? host : domain;
        ConnectionSetup setup =
                new ConnectionSetup(loop, endpoint, verified, options, tls, transport.tlsTasks(), syntax);
        current = dialer.dial(host, endpoint.port(), new Dialer.Outcome() {
            @Override
            public void attemptFailed(TransportException failure) {
                attempts.add(endpoint, failure);
            }

            @Override
            public void finished(@Nullable Channel winner) {
                if (winner == null) {
                    next(tls);
                } else {
                    secure(setup, winner);
                }
            }
        });
    }

    private void secure(ConnectionSetup setup, Channel channel) {
        NettyXmlConnection connection = new NettyXmlConnection(channel, setup);
        transport.track(connection);
        current = connection::abort;
        CompletableFuture<?> ready = switch (setup.endpoint().kind()) {
            case STARTTLS -> CompletableFuture.completedFuture(null);
            case DIRECT_TLS -> connection.secure(XMPP_CLIENT);
            case WEBSOCKET -> connection.secure(HTTP).thenCompose(session -> connection.upgrade(transport.random()));
        };
        ready.whenComplete((ignored, error) -> {
            if (error == null) {
                succeed(connection);
            } else {
                connection.abort();
                attempts.add(setup.endpoint(), Failures.unwrap(error));
                next(setup.tls());
            }
        });
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
}
