package org.partyline.robustness;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server that knows no name (NXDOMAIN, RFC 1035). */
final class NoSuchNames implements AutoCloseable {
    private static final int FLAGS = 2;
    private static final int ADDITIONAL = 11;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final AtomicInteger asked = new AtomicInteger();

    NoSuchNames() throws IOException {
        Thread thread = new Thread(this::serve, "no-such-names");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    int asked() {
        return asked.get();
    }

    /** The question comes back as the answer, with the bits of an answer and the code for "no such name". */
    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                asked.incrementAndGet();
                byte[] bytes = packet.getData();
                int end = 12;
                while (bytes[end] != 0) {
                    end += bytes[end] + 1;
                }
                bytes[FLAGS] |= (byte) 0x80;
                bytes[FLAGS + 1] = (byte) 0x83;
                bytes[ADDITIONAL] = 0;
                socket.send(new DatagramPacket(bytes, end + 5, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
