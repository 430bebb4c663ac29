package org.partyline.transport.internal.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.ConnectionListener;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.xml.XmlElement;

/** A listener that keeps what it heard, in order. */
public class Recorder implements ConnectionListener {
    public final CompletableFuture<StreamHeader> opened = new CompletableFuture<>();
    public final List<XmlElement> elements = new CopyOnWriteArrayList<>();
    /** The names of the callbacks, in order, without read completions. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    private final CompletableFuture<List<TransportException>> ended = new CompletableFuture<>();

    /** Completes at the end with the cause, or with nothing for an end in order. */
    public CompletableFuture<List<TransportException>> ended() {
        return ended;
    }

    @Override
    public void onOpened(StreamHeader header) {
        calls.add("opened");
        opened.complete(header);
    }

    @Override
    public void onElement(XmlElement element) {
        calls.add("element");
        elements.add(element);
    }

    @Override
    public void onStreamClosed() {
        calls.add("streamClosed");
    }

    @Override
    public void onDisconnected(@Nullable TransportException cause) {
        calls.add("disconnected");
        List<TransportException> causes = new ArrayList<>();
        if (cause != null) {
            causes.add(cause);
        }
        ended.complete(causes);
    }
}
