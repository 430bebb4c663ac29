package org.partyline.transport.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a domain for its WebSocket endpoints (XEP-0156). Of the two forms only the XML one is asked for: who offers the
 * JSON form must offer it too (XEP-0156 section 4), and it needs no second parser.
 */
public final class HostMeta {
    /** Bytes that a document may have. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_LINKS = 8;
    private static final String XRD = "http://docs.oasis-open.org/ns/xri/xrd-1.0";
    private static final String WEBSOCKET = "urn:xmpp:alt-connections:websocket";

    private static final Logger LOG = LoggerFactory.getLogger(HostMeta.class);

    private HostMeta() {}

    /**
     * {@return the request; HTTP/1.0, so that the answer is one piece that ends with the connection}
     *
     * @param host the domain
     */
    public static byte[] request(String host) {
        return ("GET /.well-known/host-meta HTTP/1.0\r\nHost: " + host
                        + "\r\nAccept: application/xrd+xml\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * {@return the {@code wss} endpoints that a response lists, in its order, at most 8; empty if it is no host-meta}
     * Redirects are not followed: they would hand the choice of the server to another host.
     *
     * @param response head and body
     */
    public static List<Endpoint> endpoints(byte[] response) {
        int body = HttpHead.end(response, Math.min(response.length, HttpHead.MAX_BYTES), 0);
        HttpHead head = body < 0 ? null : HttpHead.parse(response, body);
        if (head == null || head.status() != 200) {
            return List.of();
        }
        List<Endpoint> endpoints = new ArrayList<>();
        XmlStreamSink links = new XmlStreamSink() {
            @Override
            public void onHeader(XmlElement root) {}

            @Override
            public void onElement(XmlElement element) {
                String href = element.attribute("href");
                if (element.is(XRD, "Link")
                        && WEBSOCKET.equals(element.attribute("rel"))
                        && href != null
                        && endpoints.size() < MAX_LINKS) {
                    add(endpoints, href);
                }
            }

            @Override
            public void onFooter() {}
        };
        try {
            new XmlStreamDecoder(XmlStreamDecoder.Framing.STREAM, XmlLimits.DEFAULT, links)
                    .feed(response, body, response.length - body);
        } catch (XmlStreamException notHostMeta) {
            return List.of();
        }
        return List.copyOf(endpoints);
    }

    private static void add(List<Endpoint> endpoints, String href) {
        try {
            endpoints.add(Endpoint.webSocket(URI.create(href)));
        } catch (IllegalArgumentException notWss) {
            LOG.debug("host-meta lists a WebSocket that is not a wss URI; left out");
        }
    }
}
