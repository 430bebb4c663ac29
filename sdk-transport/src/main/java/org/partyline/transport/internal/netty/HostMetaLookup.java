package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.http.HostMeta;

/** Fetches a domain's host-meta over HTTPS whose certificate is verified for that domain. */
final class HostMetaLookup {
    static final int HTTPS = 443;
    private static final List<String> HTTP = List.of("http/1.1", "http/1.0");

    private final Dialer dialer;
    private final CompletableFuture<List<Endpoint>> result = new CompletableFuture<>();
    private Runnable cancel = () -> {};

    HostMetaLookup(Dialer dialer) {
        this.dialer = dialer;
    }

    /**
     * Begins to fetch.
     *
     * @param setup names domain, port and trust
     * @return completes on the loop with what is offered, at best; fails with a {@link TransportException}
     */
    CompletableFuture<List<Endpoint>> find(ConnectionSetup setup) {
        cancel = dialer.dial(setup.domain(), setup.endpoint().port(), new Dialer.Outcome() {
            private @Nullable TransportException last;

            @Override
            public void attemptFailed(TransportException failure) {
                last = failure;
            }

            @Override
            public void finished(@Nullable Channel winner) {
                if (winner == null) {
                    result.completeExceptionally(
                            last != null ? last : new TransportException(Reason.CONNECT_FAILED, "no address", null));
                } else {
                    fetch(winner, setup);
                }
            }
        });
        return result;
    }

    void cancel() {
        cancel.run();
    }

    private void fetch(Channel channel, ConnectionSetup setup) {
        cancel = channel::close;
        SslHandler tls = setup.sslHandler(HTTP);
        setup.loop().schedule(channel::close, setup.options().handshakeTimeout().multipliedBy(2));
        channel.pipeline().addLast(tls, new Response());
        tls.handshakeFuture().addListener(done -> {
            try {
                if (!done.isSuccess()) {
                    throw new TransportException(Reason.TLS_FAILED, "no TLS", done.cause());
                }
                setup.verify(tls.engine());
                channel.writeAndFlush(
                        Unpooled.wrappedBuffer(HostMeta.request(setup.domain().ascii())));
                channel.config().setAutoRead(true);
            } catch (Exception e) {
                result.completeExceptionally(Failures.ofHandshake(done.isSuccess() ? e : done.cause()));
                channel.close();
            }
        });
    }

    /** Gathers the answer up to its bound; it ends with the connection. */
    private final class Response extends ChannelInboundHandlerAdapter {
        private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                int room = HostMeta.MAX_BYTES - gathered.size();
                byte[] piece = new byte[Math.min(room, bytes.readableBytes())];
                bytes.readBytes(piece);
                gathered.writeBytes(piece);
                if (bytes.isReadable()) {
                    result.completeExceptionally(new TransportException(
                            Reason.PROTOCOL_VIOLATION, "host-meta is over " + HostMeta.MAX_BYTES + " bytes", null));
                    context.close();
                }
            } finally {
                bytes.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            result.complete(HostMeta.endpoints(gathered.toByteArray()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
            result.completeExceptionally(Failures.ofConnection(error));
            context.close();
        }
    }
}
