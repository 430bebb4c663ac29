package org.partyline.testkit.internal.script;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One accepted connection. Used by one thread; only {@link #close()} and {@link #received()} by others. */
public final class ScriptedConnection implements Closeable {
    /** Bytes that a client may send to one script. */
    private static final int MAX_RECEIVED = 4 * 1024 * 1024;

    private static final int BUFFER = 8 * 1024;
    private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private final SSLSocketFactory tls;
    private final Map<String, String> groups = new HashMap<>();
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    /** What was received and not yet expected, one character for each byte. */
    private final StringBuilder unread = new StringBuilder();

    private volatile Socket socket;
    private boolean splitsWrites;

    ScriptedConnection(Socket socket, SSLSocketFactory tls) {
        this.socket = socket;
        this.tls = tls;
    }

    void play(List<Step> steps, Progress progress) throws IOException {
        for (Step step : steps) {
            progress.at(step.description());
            step.play(this);
        }
    }

    /** Hears which step is being played. */
    interface Progress {
        void at(String step);
    }

    void readUntil(Pattern pattern) throws IOException {
        while (true) {
            String text = new String(unread.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                keepGroups(pattern, matcher);
                int bytes = text.substring(0, matcher.end()).getBytes(StandardCharsets.UTF_8).length;
                unread.delete(0, bytes);
                return;
            }
            if (!readMore()) {
                throw new EOFException("the client closed the connection");
            }
        }
    }

    private void keepGroups(Pattern pattern, Matcher matcher) {
        Matcher names = GROUP_NAME.matcher(pattern.pattern());
        while (names.find()) {
            String value = matcher.group(names.group(1));
            groups.put(names.group(1), value == null ? "" : value);
        }
    }

    String filledIn(String text) {
        String filled = text;
        for (Map.Entry<String, String> group : groups.entrySet()) {
            filled = filled.replace("{" + group.getKey() + "}", group.getValue());
        }
        return filled;
    }

    void readToEnd() throws IOException {
        while (readMore()) {
            unread.setLength(0);
        }
    }

    private boolean readMore() throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = socket.getInputStream().read(buffer);
        if (read < 0) {
            return false;
        }
        synchronized (all) {
            if (all.size() + read > MAX_RECEIVED) {
                throw new IOException("more than " + MAX_RECEIVED + " bytes were received");
            }
            all.write(buffer, 0, read);
        }
        unread.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        return true;
    }

    void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        if (splitsWrites) {
            for (byte each : bytes) {
                out.write(each);
                out.flush();
            }
        } else {
            out.write(bytes);
            out.flush();
        }
    }

    void splitWrites() {
        splitsWrites = true;
    }

    void startTls() throws IOException {
        if (!unread.isEmpty()) {
            throw new IOException("the client sent " + unread.length() + " bytes too many before TLS");
        }
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.setHandshakeApplicationProtocolSelector(
                (self, offered) -> offered.contains("xmpp-client") ? "xmpp-client" : "");
        socket = secured;
        secured.startHandshake();
    }

    /** Lingering for no time makes closing a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    byte[] received() {
        synchronized (all) {
            return all.toByteArray();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
