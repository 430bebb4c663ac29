package org.partyline.transport.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostMetaTest {
    @ParameterizedTest
    @DisplayName("WebSockets that host-meta lists: at the limit, one more, ten times as many")
    @CsvSource({"8, 8", "9, 8", "80, 8"})
    void links_areBounded(int listed, int read) {
        StringBuilder response = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: application/xrd+xml\r\n\r\n"
                + "<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>");
        for (int i = 0; i < listed; i++) {
            response.append("<Link rel='urn:xmpp:alt-connections:websocket' href='wss://h")
                    .append(i)
                    .append(".example/ws'/>");
        }
        byte[] bytes = response.append("</XRD>").toString().getBytes(StandardCharsets.UTF_8);
        assertEquals(read, HostMeta.endpoints(bytes).size());
    }
}
