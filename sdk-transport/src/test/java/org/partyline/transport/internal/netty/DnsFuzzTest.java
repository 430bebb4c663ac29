package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.dns.SrvRecord;

/**
 * Answers of name servers: a whole message through the decoder that the resolver uses, or records of an answer one by one.
 * What is malformed may throw what {@link DnsClient} takes for "nobody could say", and nothing else; what is kept is bounded.
 */
class DnsFuzzTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);
    private static final EmbeddedChannel DECODER = new EmbeddedChannel(new DatagramDnsResponseDecoder());
    private static final String ASKED = "_xmpp-client._tcp.capulet.example";
    private static final DnsRecordType[] TYPES = {DnsRecordType.SRV, DnsRecordType.A, DnsRecordType.AAAA};
    private static final int MOST_RECORDS = 80;

    @DictionaryFile(resourcePath = "dns.dict")
    @FuzzTest
    void answer(FuzzedDataProvider data) {
        DnsRecordType type = TYPES[data.consumeInt(0, TYPES.length - 1)];
        if (data.consumeBoolean()) {
            DnsResponse response = decoded(data.consumeRemainingAsBytes());
            if (response != null) {
                read(response, type);
            }
        } else {
            read(made(data), type);
        }
    }

    /** {@return the message in a datagram, or null where it is none} */
    private static @Nullable DnsResponse decoded(byte[] datagram) {
        try {
            DECODER.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(datagram), SERVER, SERVER));
            return DECODER.readInbound();
        } catch (DecoderException malformed) {
            return null;
        }
    }

    /** {@return a message of which each record's owner, type and data are of the input's choosing} */
    private static DnsResponse made(FuzzedDataProvider data) {
        DatagramDnsResponse response = new DatagramDnsResponse(SERVER, SERVER, 1);
        for (int i = 0; i < MOST_RECORDS && data.remainingBytes() > 0; i++) {
            String owner = data.consumeBoolean() ? ASKED + "." : data.consumeAsciiString(20) + ".";
            DnsRecordType type = data.consumeBoolean() ? DnsRecordType.CNAME : TYPES[data.consumeInt(0, 2)];
            ByteBuf content = Unpooled.wrappedBuffer(data.consumeBytes(data.consumeInt(0, 80)));
            try {
                response.addRecord(DnsSection.ANSWER, new DefaultDnsRawRecord(owner, type, 60, content));
            } catch (IllegalArgumentException noName) {
                content.release();
            }
        }
        return response;
    }

    private static void read(DnsResponse response, DnsRecordType type) {
        try {
            DnsMessage message;
            try {
                message = new DnsMessage(response, type);
            } catch (IndexOutOfBoundsException | DecoderException malformed) {
                return;
            }
            String name = ASKED;
            Set<String> seen = new HashSet<>();
            for (String alias = name; alias != null && seen.add(alias); alias = message.alias(alias)) {
                name = alias;
            }
            List<byte[]> records = message.records(name);
            assertTrue(records.size() <= SrvRecord.MAX_RECORDS);
            if (type.equals(DnsRecordType.SRV)) {
                services(records);
            }
        } finally {
            assertTrue(response.release());
        }
    }

    /** As {@link ServiceLookup} goes on: the records in an order, and the hosts that they name. */
    private static void services(List<byte[]> records) {
        List<SrvRecord> found = new ArrayList<>();
        for (byte[] record : records) {
            found.add(ServiceLookup.record(Endpoint.Kind.STARTTLS, ByteBuffer.wrap(record)));
        }
        List<SrvRecord> ordered = SrvRecord.order(found, new Random(1));
        assertEquals(found.size(), ordered.size());
        assertEquals(new HashSet<>(found), new HashSet<>(ordered));
        for (int i = 0; i < ordered.size(); i++) {
            SrvRecord record = ordered.get(i);
            assertTrue(i == 0 || ordered.get(i - 1).priority() <= record.priority());
            assertTrue(record.port() >= 0 && record.port() <= 0xFFFF);
            host(record.target());
        }
    }

    private static void host(String target) {
        DomainName name;
        try {
            name = DomainName.of(target);
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertTrue(name.ascii().length() <= 253);
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(name.ascii()));
        assertEquals(-1, name.ascii().indexOf('\0'));
    }
}
