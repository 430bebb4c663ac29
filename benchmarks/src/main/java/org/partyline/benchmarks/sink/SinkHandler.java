package org.partyline.benchmarks.sink;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client's stream: STARTTLS or none, SASL PLAIN, bind, stream management, then counting. Messages to {@code flood@}
 * ask for a number of messages, messages to {@code echo@} come back, messages to {@code bytes@} are answered with how many
 * bytes have come so far; messages to {@code sink@} are swallowed.
 */
final class SinkHandler extends ChannelInboundHandlerAdapter {
    private static final Pattern ID = Pattern.compile("\\bid=['\"]([^'\"]+)['\"]");
    private static final Pattern BODY = Pattern.compile("<body>([^<]*)</body>");
    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static final int FLOOD_BATCH = 256;

    private final SslContext tls;
    private final boolean requireTls;
    private final StanzaScanner scanner = new StanzaScanner();
    private boolean authenticated;
    private boolean secure;
    private String self = "";
    private int handled;
    private int flood;
    private long received;

    SinkHandler(SslContext tls, boolean requireTls) {
        this.tls = tls;
        this.requireTls = requireTls;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            received += bytes.readableBytes();
            if (bytes.hasArray()) {
                int from = bytes.arrayOffset() + bytes.readerIndex();
                scan(context, bytes.array(), from, from + bytes.readableBytes());
            } else {
                byte[] copy = ByteBufUtil.getBytes(bytes);
                scan(context, copy, 0, copy.length);
            }
        } finally {
            bytes.release();
        }
    }

    private void scan(ChannelHandlerContext context, byte[] in, int from, int end) {
        scanner.scan(in, from, end, (element, length) -> onElement(context, element, length));
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
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void onElement(ChannelHandlerContext context, byte[] element, int length) {
        if (element[1] == 'm') {
            handled++;
            onMessage(context, element, length);
        } else if (element[1] == 'r' && (element[2] == ' ' || element[2] == '/')) {
            write(context, "<a xmlns='urn:xmpp:sm:3' h='" + Integer.toUnsignedString(handled) + "'/>");
        } else if (element[1] == 'p' && element[3] == 'e') {
            handled++;
        } else {
            onControl(context, text(element, length));
        }
    }

    private void onMessage(ChannelHandlerContext context, byte[] element, int length) {
        int at = 0;
        while (at < length && element[at] != '@') {
            at++;
        }
        // Only the last letter before the @ tells a swallowed message (sink@) from one that wants an answer.
        if (at == length || element[at - 1] == 'k') {
            return;
        }
        String message = text(element, length);
        Matcher body = BODY.matcher(message);
        String said = body.find() ? body.group(1) : "";
        if (message.contains("echo@")) {
            write(context, message("echo@bench.test/sink", said));
        } else if (message.contains("flood@")) {
            flood += Integer.parseInt(said);
            pour(context);
        } else if (message.contains("bytes@")) {
            write(context, message("bytes@bench.test/sink", Long.toString(received)));
        }
    }

    private static String text(byte[] element, int length) {
        return new String(element, 0, length, StandardCharsets.UTF_8);
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
