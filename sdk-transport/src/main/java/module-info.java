/** Bytes, names and TLS: XML streams over TCP, direct TLS, STARTTLS and WebSocket. */
module org.partyline.transport {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires io.netty.buffer;
    requires io.netty.codec.dns;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.resolver.dns;
    requires io.netty.transport;
    requires java.naming;
    requires java.net.http;
    requires java.xml;

    exports org.partyline.transport;
    exports org.partyline.transport.connection;
    exports org.partyline.transport.proxy;
    exports org.partyline.transport.tls;
    exports org.partyline.transport.xml;
}
