package org.partyline.transport.internal.netty;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.DefaultHostsFileEntriesResolver;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.dns.DomainName;

/**
 * Finds the addresses of a host for an {@link AddressRace}: of itself for a literal or {@code localhost}, from the hosts
 * file, or from the name servers, which are asked for IPv6 and IPv4 at once (RFC 8305 section 3).
 */
final class AddressLookup {
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final DnsClient dns;

    AddressLookup(DnsClient dns) {
        this.dns = dns;
    }

    /**
     * Feeds a race.
     *
     * @param host the host
     * @param race gets the addresses as they are found, and is told when there will be no more
     * @param onFailure told once if no address could be found
     */
    void feed(DomainName host, AddressRace race, Consumer<TransportException> onFailure) {
        List<InetAddress> known = known(host);
        if (!known.isEmpty()) {
            race.add(known);
            race.complete();
            return;
        }
        CompletableFuture<DnsAnswer> six = ask(host, DnsRecordType.AAAA, race);
        CompletableFuture<DnsAnswer> four = ask(host, DnsRecordType.A, race);
        six.whenComplete((sixAnswer, sixError) -> four.whenComplete((fourAnswer, fourError) -> {
            TransportException failure = failure(host, sixAnswer, fourAnswer, sixError, fourError);
            if (failure != null) {
                onFailure.accept(failure);
            }
            race.complete();
        }));
    }

    private static @Nullable TransportException failure(
            DomainName host,
            @Nullable DnsAnswer six,
            @Nullable DnsAnswer four,
            @Nullable Throwable sixError,
            @Nullable Throwable fourError) {
        boolean found = (six != null && !six.records().isEmpty())
                || (four != null && !four.records().isEmpty());
        if (found) {
            return null;
        }
        for (Throwable error : new @Nullable Throwable[] {fourError, sixError}) {
            if (error != null && Failures.unwrap(error) instanceof TransportException dnsFailure) {
                return dnsFailure;
            }
        }
        boolean exists = (six != null && six.nameExists()) || (four != null && four.nameExists());
        return new TransportException(
                Reason.NO_SUCH_SERVICE, host + (exists ? " has no address" : " does not exist (NXDOMAIN)"), null);
    }

    private static List<InetAddress> known(DomainName host) {
        if (host.literal() != null) {
            return List.of(host.literal());
        }
        if (host.isLocalhost()) {
            return List.of(address(LOOPBACK_6), address(LOOPBACK_4));
        }
        if (HostsFileEntriesResolver.DEFAULT instanceof DefaultHostsFileEntriesResolver hosts) {
            List<InetAddress> listed = hosts.addresses(host.ascii(), ResolvedAddressTypes.IPV6_PREFERRED);
            if (listed != null) {
                return listed;
            }
        }
        return List.of();
    }

    private CompletableFuture<DnsAnswer> ask(DomainName host, DnsRecordType type, AddressRace race) {
        int length = type.equals(DnsRecordType.AAAA) ? LOOPBACK_6.length : LOOPBACK_4.length;
        return dns.ask(host.ascii(), type).whenComplete((answer, error) -> {
            if (error == null) {
                List<InetAddress> addresses = new ArrayList<>();
                for (byte[] data : answer.records()) {
                    if (data.length == length) {
                        addresses.add(address(data));
                    }
                }
                race.add(addresses);
            }
        });
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not the length of an address: " + bytes.length, e);
        }
    }
}
