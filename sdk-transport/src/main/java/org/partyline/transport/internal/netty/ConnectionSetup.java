package org.partyline.transport.internal.netty;

import io.netty.handler.ssl.SslHandler;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.stream.StreamSyntax;
import org.partyline.transport.internal.tls.ClientTls;
import org.partyline.transport.tls.TlsSession;

/**
 * What a connection is made of.
 *
 * @param loop where it lives
 * @param endpoint what was connected to
 * @param domain whom the certificate must be for
 * @param options the settings
 * @param tls this side of TLS
 * @param tlsTasks runs what is slow in a handshake: signatures and certificate paths
 * @param syntax how the stream is written
 */
record ConnectionSetup(
        NettyEventLoop loop,
        Endpoint endpoint,
        DomainName domain,
        TransportOptions options,
        ClientTls tls,
        Executor tlsTasks,
        StreamSyntax syntax) {

    SslHandler sslHandler(List<String> applicationProtocols) {
        SslHandler handler = new SslHandler(tls.engine(domain, endpoint.port(), applicationProtocols), tlsTasks);
        // Netty's timer runs from the first byte to the last, so dripping bytes do not extend it (L21).
        handler.setHandshakeTimeoutMillis(options.handshakeTimeout().toMillis());
        return handler;
    }

    TlsSession verify(SSLEngine engine) throws SSLException, CertificateException {
        return ClientTls.verify(engine, domain);
    }
}
