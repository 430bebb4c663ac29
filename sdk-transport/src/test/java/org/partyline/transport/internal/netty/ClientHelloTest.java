package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.ScriptedServer;

/** Reads what the client offers, byte by byte (RFC 8446 section 4.1.2). */
class ClientHelloTest {
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int EARLY_DATA = 42;

    @Test
    @DisplayName("T-TLS-5, T-TLS-6 the ClientHello offers 1.3 and 1.2, ECDHE with AEAD, no compression, no early data")
    void clientHello_offersOnlyWhatIsStrong() throws Exception {
        CompletableFuture<ByteBuffer> hello = new CompletableFuture<>();
        try (ConnectFixture fixture = new ConnectFixture();
                ScriptedServer server = new ScriptedServer(peer -> {
                    DataInputStream in = new DataInputStream(peer.in());
                    in.readNBytes(3);
                    hello.complete(ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort())));
                })) {
            fixture.connectFails(fixture.options()
                    .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                    .build());
            ByteBuffer bytes = ConnectFixture.await(hello);
            bytes.position(4 + 2 + 32);
            skip(bytes, bytes.get() & 0xFF);
            Set<Integer> suites = new HashSet<>();
            for (int left = bytes.getShort() / 2; left > 0; left--) {
                suites.add(bytes.getShort() & 0xFFFF);
            }
            suites.remove(0x00FF);
            assertEquals(Set.of(0x1301, 0x1302, 0x1303, 0xC02B, 0xC02C, 0xC02F, 0xC030, 0xCCA8, 0xCCA9), suites);
            assertEquals(1, bytes.get(), "one compression method");
            assertEquals(0, bytes.get(), "which is none");
            Map<Integer, byte[]> extensions = extensions(bytes);
            byte[] versions = extensions.get(SUPPORTED_VERSIONS);
            assertEquals("[4, 3, 4, 3, 3]", java.util.Arrays.toString(versions));
            assertFalse(extensions.containsKey(EARLY_DATA));
            assertTrue(extensions.containsKey(16), "ALPN");
            assertTrue(extensions.containsKey(0), "server name");
        }
    }

    private static Map<Integer, byte[]> extensions(ByteBuffer bytes) {
        Map<Integer, byte[]> extensions = new HashMap<>();
        bytes.getShort();
        while (bytes.hasRemaining()) {
            int type = bytes.getShort() & 0xFFFF;
            byte[] data = new byte[bytes.getShort() & 0xFFFF];
            bytes.get(data);
            extensions.put(type, data);
        }
        return extensions;
    }

    private static void skip(ByteBuffer bytes, int length) {
        bytes.position(bytes.position() + length);
    }
}
