package org.partyline.testkit.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.partyline.testkit.internal.stream.ClientStream;
import org.partyline.testkit.internal.stream.StreamHub;
import org.partyline.testkit.internal.stream.StreamSyntax;

/** A TCP connection that carries a stream as RFC 6120 says. */
final class StreamLink extends NettyLink {
    private final ClientStream stream;

    StreamLink(Acceptor acceptor, StreamHub hub, Channel channel, FaultGate gate, boolean secure) {
        super(acceptor, channel, gate, secure);
        this.stream = new ClientStream(hub, this, StreamSyntax.TCP);
    }

    @Override
    ClientStream stream() {
        return stream;
    }

    @Override
    void received(byte[] bytes, int offset, int length) {
        stream.feed(bytes, offset, length);
    }

    @Override
    void frame(byte[] unit, ByteBuf into) {
        into.writeBytes(unit);
    }
}
