package org.partyline.transport.internal.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A name server on loopback that answers from a table, over UDP and, for what does not fit, over TCP. What is not in its
 * table does not exist. Its messages are made by hand, byte for byte.
 */
public final class ScriptedDns implements AutoCloseable {
    public static final int A = 1;
    public static final int CNAME = 5;
    public static final int AAAA = 28;
    public static final int SRV = 33;

    public static final int NO_ERROR = 0;
    public static final int SERVER_FAILURE = 2;
    public static final int NO_SUCH_NAME = 3;
    /** Not a code of the protocol: the server says nothing at all. */
    public static final int SILENCE = -1;

    private static final int UDP_LIMIT = 1232;

    private record Data(String owner, int type, ByteBuffer bytes) {}

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, List<Data>> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> codes = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();

    public ScriptedDns() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        this.tcp = new ServerSocket(0, 50, loopback);
        this.udp = new DatagramSocket(tcp.getLocalPort(), loopback);
        start(this::serveUdp);
        start(this::serveTcp);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    /** What was asked, as {@code name/type}, in order. */
    public List<String> questions() {
        return questions;
    }

    public ScriptedDns srv(String service, int priority, int weight, int port, String target) {
        byte[] name = name(target);
        byte[] data = ByteBuffer.allocate(6 + name.length)
                .putShort((short) priority)
                .putShort((short) weight)
                .putShort((short) port)
                .put(name)
                .array();
        return add(service, SRV, service, SRV, data);
    }

    public ScriptedDns address(String host, String literal) {
        try {
            byte[] bytes = InetAddress.getAllByName(literal)[0].getAddress();
            int type = bytes.length == 4 ? A : AAAA;
            return add(host, type, host, type, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Answers every question about a name with an alias alone. */
    public ScriptedDns alias(String name, String target) {
        for (int type : new int[] {A, AAAA, SRV}) {
            add(name, type, name, CNAME, name(target));
        }
        return this;
    }

    /** Answers a question with a code and nothing else. */
    public ScriptedDns code(String name, int type, int code) {
        codes.put(name + "/" + type, code);
        return this;
    }

    private ScriptedDns add(String asked, int askedType, String owner, int type, byte[] data) {
        answers.computeIfAbsent(asked + "/" + askedType, absent -> new ArrayList<>())
                .add(new Data(owner, type, ByteBuffer.wrap(data)));
        return this;
    }

    private void serveUdp() throws IOException {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            byte[] response = respond(ByteBuffer.wrap(buffer, 0, packet.getLength()), UDP_LIMIT);
            if (response.length > 0) {
                udp.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
            }
        }
    }

    private void serveTcp() throws IOException {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] query = in.readNBytes(in.readUnsignedShort());
                byte[] response = respond(ByteBuffer.wrap(query), 65_535);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(response.length);
                out.write(response);
                out.flush();
            }
        }
    }

    private byte[] respond(ByteBuffer query, int limit) {
        short id = query.getShort();
        query.position(12);
        StringBuilder name = new StringBuilder();
        int start = query.position();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(name.length() == 0 ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        int type = query.getShort();
        query.getShort();
        byte[] question = new byte[query.position() - start];
        query.position(start).get(question);
        String asked = name.toString().toLowerCase(Locale.ROOT) + "/" + type;
        questions.add(asked);
        return message(id, question, asked, limit);
    }

    private byte[] message(short id, byte[] question, String asked, int limit) {
        List<Data> records = answers.getOrDefault(asked, List.of());
        String bare = asked.substring(0, asked.indexOf('/') + 1);
        boolean exists = answers.keySet().stream().anyMatch(key -> key.startsWith(bare));
        int code = codes.getOrDefault(asked, exists ? NO_ERROR : NO_SUCH_NAME);
        if (code == SILENCE) {
            return new byte[0];
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int count = 0;
        for (Data data : code == NO_ERROR ? records : List.<Data>of()) {
            byte[] owner = name(data.owner());
            ByteBuffer record = ByteBuffer.allocate(
                            owner.length + 10 + data.bytes().remaining())
                    .put(owner)
                    .putShort((short) data.type())
                    .putShort((short) 1)
                    .putInt(60)
                    .putShort((short) data.bytes().remaining())
                    .put(data.bytes().duplicate());
            body.writeBytes(record.array());
            count++;
        }
        boolean truncated = 12 + question.length + body.size() > limit;
        int flags = 0x8180 | code | (truncated ? 0x0200 : 0);
        byte[] answer = truncated ? new byte[0] : body.toByteArray();
        return ByteBuffer.allocate(12 + question.length + answer.length)
                .putShort(id)
                .putShort((short) flags)
                .putShort((short) 1)
                .putShort((short) (truncated ? 0 : count))
                .putInt(0)
                .put(question)
                .put(answer)
                .array();
    }

    private static byte[] name(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            if (!label.isEmpty()) {
                out.write(label.length());
                out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
            }
        }
        out.write(0);
        return out.toByteArray();
    }

    private interface Loop {
        void run() throws IOException;
    }

    private void start(Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        if (!udp.isClosed()) {
                            throw new AssertionError(e);
                        }
                    }
                },
                "scripted-dns");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
