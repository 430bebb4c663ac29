package org.partyline.testkit.internal.net;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.fault.FaultStage;
import org.partyline.testkit.internal.stream.StreamHub;
import org.partyline.testkit.internal.tls.ServerTls;

/** Sets up accepted connections, and knows those that are open. */
final class Acceptor {
    /** Bytes of the server's first flight that still leave where a handshake is to stop in its middle. */
    private static final int HALF_A_FLIGHT = 90;

    private final NetworkLoop loop;
    private final StreamHub hub;
    private final TlsSides tls;
    private final Supplier<String> webSocketAddress;
    private final ClearText clearText = new ClearText();
    private final Set<NettyLink> links = new LinkedHashSet<>();

    /**
     * Makes an acceptor without connections.
     *
     * @param loop the loop that owns them
     * @param hub what their streams share
     * @param tls the server's side of TLS, and the same with a certificate that nobody trusts
     * @param webSocketAddress what host-meta tells
     */
    Acceptor(NetworkLoop loop, StreamHub hub, TlsSides tls, Supplier<String> webSocketAddress) {
        this.loop = loop;
        this.hub = hub;
        this.tls = tls;
        this.webSocketAddress = webSocketAddress;
    }

    NetworkLoop loop() {
        return loop;
    }

    ClearText clearText() {
        return clearText;
    }

    /** Takes a connection that begins in the clear, and asks for STARTTLS. */
    void acceptPlain(Channel channel) {
        FaultGate gate = addGate(channel);
        begin(channel, new StreamLink(this, hub, channel, gate, false));
    }

    /** Takes a connection that begins with TLS. */
    void acceptTls(Channel channel) {
        FaultGate gate = addGate(channel);
        addTls(channel, gate, "xmpp-client");
        begin(channel, new StreamLink(this, hub, channel, gate, true));
    }

    /** Takes a connection that begins with HTTP over TLS. */
    void acceptWeb(Channel channel) {
        FaultGate gate = addGate(channel);
        addTls(channel, gate, "http/1.1");
        begin(channel, new WebSocketLink(this, hub, channel, gate, webSocketAddress));
    }

    private FaultGate addGate(Channel channel) {
        FaultGate gate = new FaultGate(hub.faults());
        channel.pipeline().addLast(gate);
        return gate;
    }

    private void begin(Channel channel, NettyLink link) {
        channel.pipeline().addLast(link);
        links.add(link);
        hub.statistics().connectionAccepted();
    }

    /** Puts TLS between socket and stream. */
    void addTls(Channel channel, FaultGate gate, String applicationProtocol) {
        FaultPlan faults = hub.faults();
        FaultPlan.Reaction reaction = faults.at(FaultStage.TLS_HANDSHAKE);
        if (reaction != null) {
            gate.stopAfter(HALF_A_FLIGHT, reaction);
        }
        ServerTls side = faults.certificateUntrusted() ? tls.untrusted() : tls.trusted();
        channel.pipeline().addAfter(gate.context().name(), "tls", new SslHandler(side.newEngine(applicationProtocol)));
    }

    /** A connection is over. */
    void gone(NettyLink link) {
        if (links.remove(link)) {
            hub.statistics().connectionClosed();
        }
    }

    /** {@return the connections that are open} */
    List<NettyLink> links() {
        return List.copyOf(links);
    }
}
