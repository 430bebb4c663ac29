package org.partyline.testkit.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.stream.ClientStream;
import org.partyline.testkit.internal.stream.StreamHub;
import org.partyline.testkit.internal.stream.StreamSyntax;
import org.partyline.testkit.internal.websocket.FrameHead;
import org.partyline.testkit.internal.websocket.FrameReader;
import org.partyline.testkit.internal.websocket.HttpAnswers;
import org.partyline.testkit.internal.websocket.HttpRequest;
import org.partyline.testkit.internal.xmpp.StreamError;

/** A connection that begins with HTTP, and carries a stream as RFC 7395 says if the client asks for it. */
final class WebSocketLink extends NettyLink {
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;

    private final ClientStream stream;
    private final Supplier<String> address;
    private final FrameReader frames = new FrameReader(new Frames());
    private final byte[] head = new byte[HttpRequest.MAX_BYTES];
    private int headBytes;
    private boolean upgraded;
    private boolean answered;
    private boolean closed;

    WebSocketLink(Acceptor acceptor, StreamHub hub, Channel channel, FaultGate gate, Supplier<String> address) {
        super(acceptor, channel, gate, true);
        this.address = address;
        this.stream = new ClientStream(hub, this, StreamSyntax.WEBSOCKET);
    }

    @Override
    ClientStream stream() {
        return stream;
    }

    @Override
    void received(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && !upgraded && !answered) {
            head[headBytes++] = bytes[at++];
            if (isHeadComplete()) {
                answer(HttpRequest.parse(head, headBytes));
            } else if (headBytes == head.length) {
                answer(null);
            }
        }
        if (upgraded && at < end) {
            frames.feed(bytes, at, end - at);
        }
    }

    private boolean isHeadComplete() {
        return headBytes >= 4
                && head[headBytes - 1] == '\n'
                && head[headBytes - 2] == '\r'
                && head[headBytes - 3] == '\n'
                && head[headBytes - 4] == '\r';
    }

    private void answer(@Nullable HttpRequest request) {
        if (request != null && HttpAnswers.isUpgrade(request)) {
            writeRaw(HttpAnswers.switching(request));
            upgraded = true;
        } else {
            writeRaw(request == null ? HttpAnswers.badRequest() : HttpAnswers.answer(request, address.get()));
            answered = true;
            super.close();
        }
    }

    @Override
    void end(StreamError error) {
        if (upgraded) {
            super.end(error);
        } else {
            super.close();
        }
    }

    @Override
    void frame(byte[] unit, ByteBuf into) {
        into.writeBytes(FrameHead.text(unit.length));
        into.writeBytes(unit);
    }

    @Override
    public void close() {
        closeWith(NORMAL);
    }

    private void closeWith(int code) {
        if (!closed) {
            closed = true;
            writeRaw(FrameHead.close(code));
            super.close();
        }
    }

    private final class Frames implements FrameReader.Sink {
        @Override
        public void onText(byte[] bytes, int offset, int length) {
            stream.feed(bytes, offset, length);
        }

        @Override
        public void onTextEnd() {
            stream.endOfDocument();
        }

        @Override
        public void onPing(byte[] data) {
            writeRaw(FrameHead.pong(data));
        }

        @Override
        public void onClose() {
            closeWith(NORMAL);
        }

        @Override
        public void onViolation() {
            closeWith(PROTOCOL_ERROR);
        }
    }
}
