package org.partyline.transport.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyServerTest {
    @Test
    void toString_tellsKindAndAddress_andNoCredentials() {
        ProxyServer proxy = ProxyServer.socks5("2001:db8::1", 1080).withCredentials("romeo", "s3cret"::toCharArray);
        assertEquals("SOCKS5 [2001:db8::1]:1080", proxy.toString());
        assertEquals(
                "HTTP_CONNECT proxy.example:3128",
                ProxyServer.httpConnect("proxy.example", 3128).toString());
        assertFalse(proxy.toString().contains("romeo"));
    }

    @Test
    void addresses_areChecked() {
        assertThrows(IllegalArgumentException.class, () -> ProxyServer.socks5("proxy.example", 0));
        assertThrows(IllegalArgumentException.class, () -> ProxyServer.socks5("proxy.example", 65_536));
        assertThrows(IllegalArgumentException.class, () -> ProxyServer.httpConnect(" ", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "a\0"})
    void username_thatCannotBeOne_isRefused(String username) {
        ProxyServer proxy = ProxyServer.socks5("proxy.example", 1080);
        assertThrows(IllegalArgumentException.class, () -> proxy.withCredentials(username, "x"::toCharArray));
    }

    @Test
    void username_bounds() {
        ProxyServer socks = ProxyServer.socks5("proxy.example", 1080);
        assertEquals(
                "\u00fc".repeat(127),
                socks.withCredentials("\u00fc".repeat(127), "x"::toCharArray).username());
        assertThrows(
                IllegalArgumentException.class, () -> socks.withCredentials("\u00fc".repeat(128), "x"::toCharArray));
        assertEquals("a:b", socks.withCredentials("a:b", "x"::toCharArray).username());
        ProxyServer http = ProxyServer.httpConnect("proxy.example", 3128);
        assertThrows(IllegalArgumentException.class, () -> http.withCredentials("a:b", "x"::toCharArray));
    }

    @Test
    void readPassword_withoutCredentials_throws() {
        ProxyServer proxy = ProxyServer.socks5("proxy.example", 1080);
        assertThrows(IllegalStateException.class, proxy::readPassword);
    }
}
