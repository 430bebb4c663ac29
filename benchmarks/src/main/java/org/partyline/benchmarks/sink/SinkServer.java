package org.partyline.benchmarks.sink;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** Listens on loopback until the process ends. Started as a process of its own: see {@link SinkProcess}. */
public final class SinkServer {
    static final char[] STORE_PASSWORD = "benchmark".toCharArray();
    static final String ALIAS = "sink";

    private SinkServer() {}

    /**
     * Starts the sink, prints its port, and ends when standard input does.
     *
     * @param arguments the key store's path
     * @throws Exception if it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        KeyStore store = load(Path.of(arguments[0]));
        SslContext tls = SslContextBuilder.forServer(
                        (PrivateKey) store.getKey(ALIAS, STORE_PASSWORD), (X509Certificate) store.getCertificate(ALIAS))
                .build();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel channel = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        child.pipeline().addLast(new SinkHandler(tls, true));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) channel.localAddress()).getPort());
        System.out.flush();
        while (System.in.read() >= 0) {
            // Whatever comes is ignored; the end of input ends the process.
        }
        group.shutdownGracefully().sync();
    }

    static KeyStore load(Path path) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(path.toFile(), STORE_PASSWORD);
    }
}
