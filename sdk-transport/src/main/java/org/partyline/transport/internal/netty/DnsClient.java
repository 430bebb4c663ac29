package org.partyline.transport.internal.netty;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;

/**
 * Asks name servers, and tells "there is none" from "nobody could say". Keeps nothing: every connect asks anew, so no
 * answer outlives its time. Lives on one loop.
 */
final class DnsClient {
    /** For one server to answer in (L28). */
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(5);

    private static final int MIN_TRIES = 2;
    /** Questions to name servers for one name, where there are as many (L28). */
    private static final int MAX_TRIES = 3;
    /** Aliases followed (L27). */
    private static final int MAX_ALIASES = 8;

    private final NettyEventLoop loop;
    private final List<InetSocketAddress> configured;
    private @Nullable DnsNameResolver resolver;

    DnsClient(NettyEventLoop loop, List<InetSocketAddress> configured) {
        this.loop = loop;
        this.configured = configured;
    }

    /**
     * Asks for the records of a name, through aliases.
     *
     * @param name in A-labels, without a trailing dot
     * @param type what to ask for
     * @return completes on the loop, or fails with a {@link TransportException} of {@link Reason#DNS_FAILED}
     */
    CompletableFuture<DnsAnswer> ask(String name, DnsRecordType type) {
        CompletableFuture<DnsAnswer> result = new CompletableFuture<>();
        new Query(name, type, result).send();
        return result;
    }

    void close() {
        if (resolver != null) {
            resolver.close();
        }
    }

    private DnsNameResolver resolver() {
        DnsNameResolver made = resolver;
        if (made == null) {
            made = new DnsNameResolverBuilder(loop.netty())
                    .datagramChannelType(NioDatagramChannel.class)
                    .socketChannelType(NioSocketChannel.class)
                    .queryTimeoutMillis(QUERY_TIMEOUT.toMillis())
                    .resolveCache(NoopDnsCache.INSTANCE)
                    .cnameCache(NoopDnsCnameCache.INSTANCE)
                    .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                    .build();
            resolver = made;
        }
        return made;
    }

    private List<InetSocketAddress> serversFor(String name) {
        if (!configured.isEmpty()) {
            return configured;
        }
        DnsServerAddressStream stream =
                DnsServerAddressStreamProviders.platformDefault().nameServerAddressStream(name);
        List<InetSocketAddress> servers = new ArrayList<>();
        for (int i = 0; i < stream.size(); i++) {
            servers.add(stream.next());
        }
        return servers;
    }

    /** One question with its repetitions, and the questions that its aliases lead to. */
    private final class Query {
        private final String asked;
        private final DnsRecordType type;
        private final CompletableFuture<DnsAnswer> result;
        private final List<InetSocketAddress> servers;
        private final int tries;
        private String current;
        private int tried;
        private int aliases;

        Query(String name, DnsRecordType type, CompletableFuture<DnsAnswer> result) {
            this.asked = name;
            this.current = name;
            this.type = type;
            this.result = result;
            this.servers = serversFor(name);
            this.tries = Math.max(MIN_TRIES, Math.min(MAX_TRIES, servers.size()));
        }

        void send() {
            InetSocketAddress server = servers.get(tried++ % servers.size());
            resolver()
                    .query(server, new DefaultDnsQuestion(current + ".", type))
                    .addListener((Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> done) -> {
                        if (done.isSuccess()) {
                            answered(done.getNow());
                        } else {
                            again("no answer from " + server, done.cause());
                        }
                    });
        }

        private void answered(AddressedEnvelope<DnsResponse, InetSocketAddress> envelope) {
            try {
                DnsResponse response = envelope.content();
                DnsResponseCode code = response.code();
                if (code.equals(DnsResponseCode.NOERROR) || code.equals(DnsResponseCode.NXDOMAIN)) {
                    read(new DnsMessage(response, type), code.equals(DnsResponseCode.NOERROR));
                } else {
                    again(envelope.sender() + " answered " + code, null);
                }
            } catch (RuntimeException malformed) {
                again("a malformed answer from " + envelope.sender(), malformed);
            } finally {
                envelope.release();
            }
        }

        private void read(DnsMessage message, boolean nameExists) {
            String before = current;
            while (message.records(current).isEmpty() && message.alias(current) != null) {
                current = String.valueOf(message.alias(current));
                if (++aliases > MAX_ALIASES) {
                    fail("more than " + MAX_ALIASES + " aliases", null);
                    return;
                }
            }
            List<byte[]> records = message.records(current);
            if (records.isEmpty() && nameExists && !current.equals(before)) {
                tried = 0;
                send();
            } else {
                result.complete(new DnsAnswer(nameExists, records));
            }
        }

        private void again(String why, @Nullable Throwable cause) {
            if (tried < tries) {
                send();
            } else {
                fail(why, cause);
            }
        }

        private void fail(String why, @Nullable Throwable cause) {
            result.completeExceptionally(new TransportException(
                    Reason.DNS_FAILED,
                    "cannot look up " + type.name() + " of " + asked + ": " + why,
                    cause == null ? new IOException(why) : cause));
        }
    }
}
