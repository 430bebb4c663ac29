package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.internal.dns.SrvRecord;

/** Reads a response: the records of one type by owner, and the aliases. Records about other names are never looked at. */
final class DnsMessage {
    private final Map<String, List<byte[]>> records = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();

    DnsMessage(DnsResponse response, DnsRecordType type) {
        int count = response.count(DnsSection.ANSWER);
        for (int i = 0; i < count; i++) {
            DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
            if (record instanceof DnsRawRecord raw) {
                String owner = normal(raw.name());
                ByteBuf data = raw.content().duplicate();
                if (raw.type().equals(DnsRecordType.CNAME)) {
                    aliases.put(owner, normal(DefaultDnsRecordDecoder.decodeName(data)));
                } else if (raw.type().equals(type)) {
                    add(owner, type, data);
                }
            }
        }
    }

    private void add(String owner, DnsRecordType type, ByteBuf data) {
        List<byte[]> found = records.computeIfAbsent(owner, absent -> new ArrayList<>());
        if (found.size() < SrvRecord.MAX_RECORDS) {
            found.add(type.equals(DnsRecordType.SRV) ? expandedSrv(data) : copy(data, data.readableBytes()));
        }
    }

    /** Three numbers and the target as text: the target may be compressed, and would mean nothing outside the message. */
    private static byte[] expandedSrv(ByteBuf data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(copy(data, 6));
        out.writeBytes(normal(DefaultDnsRecordDecoder.decodeName(data)).getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    private static byte[] copy(ByteBuf data, int length) {
        byte[] bytes = new byte[length];
        data.readBytes(bytes);
        return bytes;
    }

    List<byte[]> records(String name) {
        return records.getOrDefault(name, List.of());
    }

    @Nullable
    String alias(String name) {
        return aliases.get(name);
    }

    static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
