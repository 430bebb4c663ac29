package org.partyline.transport.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.partyline.transport.proxy.ProxyServer;
import org.partyline.transport.tls.TlsConfig;

/** What no setting can be is refused where it is given, by the setting's name, and not later on a loop. */
@NullUnmarked
class SettingsTest {
    private static final List<Duration> NO_TIMEOUTS = List.of(
            Duration.ZERO,
            Duration.ofNanos(999_999),
            Duration.ofSeconds(-1),
            Duration.ofMinutes(5).plusNanos(1),
            Duration.ofMinutes(50),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE));

    private static TransportOptions.Builder options() {
        return TransportOptions.DEFAULT.toBuilder();
    }

    @TestFactory
    List<DynamicTest> timeoutOutOfItsRange_isRefusedByName() {
        Map<String, BiFunction<TransportOptions.Builder, Duration, TransportOptions.Builder>> setters = Map.of(
                "connectTimeout", TransportOptions.Builder::connectTimeout,
                "totalTimeout", TransportOptions.Builder::totalTimeout,
                "handshakeTimeout", TransportOptions.Builder::handshakeTimeout,
                "closeTimeout", TransportOptions.Builder::closeTimeout);
        return setters.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    each.getValue().apply(options(), Duration.ofMillis(1)).build();
                    each.getValue().apply(options(), Duration.ofMinutes(5)).build();
                    for (Duration illegal : NO_TIMEOUTS) {
                        IllegalArgumentException refused = assertThrows(
                                IllegalArgumentException.class,
                                () -> each.getValue().apply(options(), illegal));
                        assertTrue(
                                String.valueOf(refused.getMessage()).startsWith(each.getKey() + " must be between "),
                                refused::getMessage);
                    }
                    isMissing(each.getKey(), () -> each.getValue().apply(options(), null));
                }))
                .toList();
    }

    private static void isMissing(String setting, Executable setter) {
        NullPointerException missing = assertThrows(NullPointerException.class, setter);
        assertEquals(setting, missing.getMessage());
    }

    @Test
    void nothing_isRefusedByName() {
        isMissing("tls", () -> options().tls(null));
        isMissing("limits", () -> options().limits(null));
        isMissing("endpoints", () -> options().endpoints((Endpoint[]) null));
        isMissing("nameServers", () -> options().nameServers((InetSocketAddress[]) null));
        isMissing("anchor", () -> TlsConfig.builder().trust(null));
        isMissing("key", () -> TlsConfig.builder().clientCertificate(null, List.of()));
        isMissing("pin", () -> TlsConfig.builder().pin((String) null));
        isMissing("sha256OfSpki", () -> TlsConfig.builder().pin((byte[]) null));
        isMissing("pins", () -> TlsConfig.builder().pins(null, Instant.MAX));
        isMissing("until", () -> TlsConfig.builder().pins(Set.of(), null));
        isMissing("pins", () -> TlsConfig.builder().trustExactly(null));
        isMissing("host", () -> ProxyServer.socks5(null, 1080));
        isMissing("username", () -> ProxyServer.socks5("p", 1080).withCredentials(null, () -> new char[1]));
        isMissing("password", () -> ProxyServer.socks5("p", 1080).withCredentials("u", null));
        isMissing("host", () -> Endpoint.directTls(null, 5223));
        isMissing("uri", () -> Endpoint.webSocket(null));
    }

    @Test
    void ports_areWithinTheirRange() {
        for (int illegal : new int[] {0, -1, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> Endpoint.startTls("h", illegal));
            assertThrows(IllegalArgumentException.class, () -> ProxyServer.httpConnect("h", illegal));
        }
        Endpoint.startTls("h", 65_535);
        assertThrows(IllegalArgumentException.class, () -> Endpoint.webSocket(URI.create("ws://h/")));
        assertThrows(IllegalArgumentException.class, () -> Endpoint.webSocket(URI.create("wss:///")));
    }

    @Test
    void pins_areHashes() {
        for (String illegal : List.of("", "****", "AAAA", "A".repeat(44), "A".repeat(1_000_000))) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> TlsConfig.builder().pin(illegal));
            assertTrue(
                    String.valueOf(refused.getMessage()).startsWith("a pin is base64 of 32 bytes"),
                    refused::getMessage);
        }
        TlsConfig.builder().pin("A".repeat(43) + "=").build();
    }
}
