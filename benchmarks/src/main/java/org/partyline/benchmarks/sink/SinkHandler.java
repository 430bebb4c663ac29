package org.partyline.benchmarks.sink;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client's stream: STARTTLS or none, SASL PLAIN, bind, stream management, then counting. Messages to {@code flood@}
 * ask for a number of messages, messages to {@code echo@} come back, all others are swallowed.
 */
final class SinkHandler extends ChannelInboundHandlerAdapter {
    private static final Pattern ID = Pattern.compile("\\bid=['\"]([^'\"]+)['\"]");
    private static final Pattern BODY = Pattern.compile("<body>([^<]*)</body>");
    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static final int FLOOD_BATCH = 256;

    private final SslContext tls;
    private final boolean requireTls;
    private final StanzaScanner scanner = new StanzaScanner();
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;
    private boolean authenticated;
    private boolean secure;
    private String self = "";
    private int handled;
    private int flood;

    SinkHandler(SslContext tls, boolean requireTls) {
        this.tls = tls;
        this.requireTls = requireTls;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (pending.isReadable()) {
            ByteBuf joined = context.alloc().buffer(pending.readableBytes() + bytes.readableBytes());
            joined.writeBytes(pending).writeBytes(bytes);
            ReferenceCountUtil.release(pending);
            bytes.release();
            bytes = joined;
        }
        scanner.scan(bytes, (buffer, start, end) -> onElement(context, buffer, start, end));
        if (bytes.isReadable()) {
            pending = bytes;
        } else {
            bytes.release();
            pending = Unpooled.EMPTY_BUFFER;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pour(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ReferenceCountUtil.release(pending);
        pending = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void onElement(ChannelHandlerContext context, ByteBuf buffer, int start, int end) {
        byte first = buffer.getByte(start + 1);
        byte third = end - start > 3 ? buffer.getByte(start + 3) : 0;
        if (first == 'm') {
            handled++;
            onMessage(context, buffer, start, end);
        } else if (first == 'r' && (buffer.getByte(start + 2) == ' ' || buffer.getByte(start + 2) == '/')) {
            write(context, "<a xmlns='urn:xmpp:sm:3' h='" + Integer.toUnsignedString(handled) + "'/>");
        } else if (first == 'p' && third == 'e') {
            handled++;
        } else {
            onControl(context, buffer.toString(start, end - start, StandardCharsets.UTF_8));
        }
    }

    private void onMessage(ChannelHandlerContext context, ByteBuf buffer, int start, int end) {
        int head = Math.min(end - start, 160);
        int flooded = buffer.indexOf(start, start + head, (byte) '@');
        // Only the first bytes of the address tell a swallowed message from one that wants an answer.
        if (flooded < 0 || flooded - start < 5 || buffer.getByte(flooded - 1) == 'k') {
            return;
        }
        String text = buffer.toString(start, end - start, StandardCharsets.UTF_8);
        if (text.contains("echo@")) {
            Matcher body = BODY.matcher(text);
            write(context, message("echo@bench.test/sink", body.find() ? body.group(1) : ""));
        } else if (text.contains("flood@")) {
            Matcher body = BODY.matcher(text);
            flood += body.find() ? Integer.parseInt(body.group(1)) : 0;
            pour(context);
        }
    }

    private void pour(ChannelHandlerContext context) {
        if (flood == 0) {
            return;
        }
        byte[] one = message("flood@bench.test/sink", "x".repeat(100)).getBytes(StandardCharsets.UTF_8);
        while (flood > 0 && context.channel().isWritable()) {
            int count = Math.min(flood, FLOOD_BATCH);
            ByteBuf batch = context.alloc().buffer(one.length * count);
            for (int i = 0; i < count; i++) {
                batch.writeBytes(one);
            }
            flood -= count;
            context.writeAndFlush(batch);
        }
    }

    private String message(String from, String body) {
        return "<message xmlns='jabber:client' type='chat' id='m1' from='" + from + "' to='" + self + "'><body>" + body
                + "</body></message>";
    }

    private void onControl(ChannelHandlerContext context, String element) {
        if (element.startsWith("<?xml")) {
            return;
        }
        if (element.startsWith("<stream:stream")) {
            open(context);
        } else if (element.startsWith("<starttls")) {
            writeNow(context, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            context.pipeline().addFirst(new SslHandler(tls.newEngine(context.alloc())));
            secure = true;
        } else if (element.startsWith("<auth")) {
            authenticated = true;
            write(context, "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        } else if (element.startsWith("<enable")) {
            handled = 0;
            write(context, "<enabled xmlns='urn:xmpp:sm:3' id='s" + STREAMS.incrementAndGet() + "' resume='true'/>");
        } else if (element.startsWith("<iq")) {
            handled++;
            onIq(context, element);
        } else if (element.startsWith("</stream")) {
            context.writeAndFlush(ascii("</stream:stream>"));
            context.close();
        }
    }

    private void open(ChannelHandlerContext context) {
        String features;
        if (requireTls && !secure) {
            features = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
        } else if (!authenticated) {
            features = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>";
        } else {
            features = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>";
        }
        write(
                context,
                "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
                        + "xmlns:stream='http://etherx.jabber.org/streams' id='b" + STREAMS.incrementAndGet()
                        + "' from='bench.test' version='1.0'><stream:features>" + features + "</stream:features>");
    }

    private void onIq(ChannelHandlerContext context, String element) {
        Matcher id = ID.matcher(element);
        String answerId = id.find() ? id.group(1) : "";
        String payload = "";
        if (element.contains("xmpp-bind")) {
            self = "bench@bench.test/r" + STREAMS.incrementAndGet();
            payload = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>" + self + "</jid></bind>";
        } else if (element.contains("jabber:iq:roster")) {
            payload = "<query xmlns='jabber:iq:roster'/>";
        } else if (element.contains("disco#info")) {
            payload = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
        }
        write(context, "<iq type='result' id='" + answerId + "' to='" + self + "'>" + payload + "</iq>");
    }

    private static void write(ChannelHandlerContext context, String text) {
        context.write(ascii(text));
    }

    private static void writeNow(ChannelHandlerContext context, String text) {
        context.writeAndFlush(ascii(text));
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
