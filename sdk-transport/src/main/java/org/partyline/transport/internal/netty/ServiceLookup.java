package org.partyline.transport.internal.netty;

import io.netty.handler.codec.dns.DnsRecordType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.Endpoint.Kind;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.dns.SrvRecord;

/**
 * Finds the endpoints of a domain by SRV records (RFC 6120 section 3.2.1, XEP-0368). TXT records are never asked for:
 * whoever controls them would choose the server (XEP-0156 1.4.0).
 */
final class ServiceLookup {
    private static final int STARTTLS_PORT = 5222;
    /** Registered for nothing, but where servers that speak direct TLS have it, if they speak it at all. */
    private static final int DIRECT_TLS_PORT = 5223;

    private final DnsClient dns;
    private final RandomGenerator random;

    ServiceLookup(DnsClient dns, RandomGenerator random) {
        this.dns = dns;
        this.random = random;
    }

    /**
     * Finds endpoints, in the order to try them in.
     *
     * @param domain the account's domain
     * @return never empty; fails with a {@link TransportException}
     */
    CompletableFuture<List<Endpoint>> find(DomainName domain) {
        if (domain.literal() != null || domain.isLocalhost()) {
            return CompletableFuture.completedFuture(fallback(domain));
        }
        CompletableFuture<List<SrvRecord>> direct = ask("_xmpps-client", domain, Kind.DIRECT_TLS);
        CompletableFuture<List<SrvRecord>> upgraded = ask("_xmpp-client", domain, Kind.STARTTLS);
        return CompletableFuture.allOf(direct, upgraded).handle((ignored, error) -> choose(domain, direct, upgraded));
    }

    private List<Endpoint> choose(
            DomainName domain, CompletableFuture<List<SrvRecord>> direct, CompletableFuture<List<SrvRecord>> upgraded) {
        List<SrvRecord> all = new ArrayList<>();
        List<SrvRecord> usable = new ArrayList<>();
        for (CompletableFuture<List<SrvRecord>> half : List.of(direct, upgraded)) {
            if (!half.isCompletedExceptionally()) {
                all.addAll(half.join());
            }
        }
        for (SrvRecord record : all) {
            if (!record.isRefusal() && record.port() > 0 && isHost(record.target())) {
                usable.add(record);
            }
        }
        if (!usable.isEmpty()) {
            return SrvRecord.order(usable, random).stream()
                    .map(record -> new Endpoint(record.kind(), record.target(), record.port(), null))
                    .toList();
        }
        // Only a name server that said "none" allows to guess: silence may be an attacker's.
        direct.join();
        upgraded.join();
        if (!all.isEmpty()) {
            throw new CompletionException(new TransportException(
                    Reason.NO_SUCH_SERVICE, domain + " says that it offers no XMPP service (SRV)", null));
        }
        return fallback(domain);
    }

    private static List<Endpoint> fallback(DomainName domain) {
        return List.of(Endpoint.startTls(domain.ascii(), STARTTLS_PORT));
    }

    /**
     * {@return where to try without asking any name server, as through a proxy: the fall-back of RFC 6120 section 3.2.2, and
     * direct TLS at its usual port}
     *
     * @param domain the account's domain
     */
    static List<Endpoint> unasked(DomainName domain) {
        return List.of(
                Endpoint.startTls(domain.ascii(), STARTTLS_PORT), Endpoint.directTls(domain.ascii(), DIRECT_TLS_PORT));
    }

    private CompletableFuture<List<SrvRecord>> ask(String service, DomainName domain, Kind kind) {
        return dns.ask(service + "._tcp." + domain.ascii(), DnsRecordType.SRV)
                .thenApply(answer -> answer.records().stream()
                        .map(data -> record(kind, ByteBuffer.wrap(data)))
                        .toList());
    }

    static SrvRecord record(Kind kind, ByteBuffer data) {
        int priority = Short.toUnsignedInt(data.getShort());
        int weight = Short.toUnsignedInt(data.getShort());
        int port = Short.toUnsignedInt(data.getShort());
        String target = StandardCharsets.ISO_8859_1.decode(data).toString();
        return new SrvRecord(kind, priority, weight, port, target);
    }

    private static boolean isHost(String target) {
        try {
            DomainName.of(target);
            return true;
        } catch (IllegalArgumentException notAHost) {
            return false;
        }
    }
}
