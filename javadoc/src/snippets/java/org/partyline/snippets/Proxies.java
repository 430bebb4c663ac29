package org.partyline.snippets;

import java.util.function.Supplier;
import org.partyline.client.ChatClient;
import org.partyline.transport.proxy.ProxyServer;

/** Ways out of a network that lets nobody out directly. */
final class Proxies {
    private Proxies() {}

    static ChatClient.Builder socks(
            ChatClient.Builder builder, String host, int port, String username, Supplier<char[]> password) {
        // @start region="socks"
        return builder.proxy(ProxyServer.socks5(host, port) // or httpConnect(host, port)
                .withCredentials(username, password)); // leave this out where none are asked for
        // @end
    }
}
