package org.partyline.xmpp.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.internal.engine.ManualLoop;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.Transport;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;

/** Makes {@link FakeConnection}s. */
public final class FakeTransport implements Transport {
    private final ManualLoop loop;
    final List<FakeConnection> connections = new ArrayList<>();

    @Nullable
    TransportException failure;

    FakeTransport(ManualLoop loop) {
        this.loop = loop;
    }

    /** The newest connection. */
    FakeConnection last() {
        loop.run();
        return connections.get(connections.size() - 1);
    }

    @Override
    public EventLoop nextLoop() {
        return loop;
    }

    @Override
    public CompletableFuture<XmlConnection> connect(String domain, TransportOptions options, EventLoop on) {
        CompletableFuture<XmlConnection> connecting = new CompletableFuture<>();
        loop.execute(() -> {
            if (failure != null) {
                connecting.completeExceptionally(failure);
            } else {
                Endpoint endpoint = options.endpoints().isEmpty()
                        ? Endpoint.startTls(domain, 5222)
                        : options.endpoints().get(0);
                FakeConnection connection = new FakeConnection(loop, endpoint);
                connections.add(connection);
                connecting.complete(connection);
            }
        });
        return connecting;
    }

    @Override
    public CompletableFuture<Void> close() {
        return CompletableFuture.completedFuture(null);
    }
}
