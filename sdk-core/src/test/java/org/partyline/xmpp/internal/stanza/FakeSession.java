package org.partyline.xmpp.internal.stanza;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.NotConnectedException;
import org.partyline.internal.engine.OutboxEntry;
import org.partyline.internal.engine.OutboxTracker;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.internal.store.ClientRecords;
import org.partyline.spi.SessionLimits;
import org.partyline.store.Store;
import org.partyline.store.StoreChange;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlWriter;

/** A session without a server: keeps what a feature sends, and answers when it is told to. All on the calling thread. */
public final class FakeSession implements StanzaSession, EventLoop {
    /** A request that waits for an answer. */
    public record Query(String type, @Nullable Jid to, XmlElement payload, CompletableFuture<XmlElement> answer) {
        /** Answers with a result that holds a payload, or nothing. */
        public void result(@Nullable XmlElement payload) {
            answer.complete(XmlElement.builder(Stanzas.CLIENT, "iq")
                    .attribute("type", "result")
                    .child(payload)
                    .build());
        }
    }

    /** A message in the outbox. */
    public record Queued(XmlElement message, OutboxTracker tracker) {}

    public final List<Query> queries = new ArrayList<>();
    public final List<XmlElement> sent = new ArrayList<>();
    public final List<Queued> outbox = new ArrayList<>();
    public final Set<String> streamFeatures = new HashSet<>();
    public SessionLimits limits = SessionLimits.DEFAULT;
    public boolean online = true;
    public boolean outboxIsHeld;
    /** Hears of each request. */
    public Consumer<Query> onQuery = query -> {};

    /** What waits for its time. */
    public final List<Runnable> timers = new ArrayList<>();

    public final List<Supplier<List<StoreChange>>> handled = new ArrayList<>();

    /** What covers each message that an earlier process left. */
    public final List<OptionalInt> restoredCounts = new ArrayList<>();

    public String sessionName = "";
    private final ClientRecords records;
    /** Where application code runs. */
    public Executor application = Runnable::run;

    private final CallbackExecutor callbacks = new CallbackExecutor(task -> application.execute(task));
    private final Jid self = Jid.parse("juliet@capulet.example/balcony");

    /** A session whose store is volatile. */
    public FakeSession() {
        this(Store.volatileStore());
    }

    /** A session with a store. */
    public FakeSession(Store store) {
        records = new ClientRecords(store.open(Jid.parse("juliet@capulet.example")), Runnable::run);
    }

    public Query lastQuery() {
        return queries.get(queries.size() - 1);
    }

    public XmlElement lastSent() {
        return sent.get(sent.size() - 1);
    }

    @Override
    public EventLoop loop() {
        return this;
    }

    @Override
    public CallbackExecutor callbacks() {
        return callbacks;
    }

    @Override
    public SessionLimits limits() {
        return limits;
    }

    @Override
    public Jid account() {
        return self.bare();
    }

    @Override
    public Jid self() {
        return self;
    }

    @Override
    public boolean isOnline() {
        return online;
    }

    @Override
    public boolean inlined(String namespace) {
        return false;
    }

    @Override
    public boolean streamFeature(String namespace, String name) {
        return streamFeatures.contains(namespace);
    }

    @Override
    public CompletableFuture<XmlElement> query(
            String operation, String type, @Nullable Jid to, XmlElement payload, @Nullable Duration timeout) {
        if (!online) {
            return CompletableFuture.failedFuture(new NotConnectedException(operation));
        }
        Query query = new Query(type, to, payload, new CompletableFuture<>());
        queries.add(query);
        onQuery.accept(query);
        return query.answer();
    }

    @Override
    public CompletableFuture<Void> send(String operation, XmlElement element) {
        if (!online) {
            return CompletableFuture.failedFuture(new NotConnectedException(operation));
        }
        sent.add(element);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public OutboxEntry enqueue(XmlElement message, OutboxTracker tracker, Duration patience) {
        outbox.add(new Queued(message, tracker));
        return entry(XmlWriter.encode(message), tracker);
    }

    @Override
    public OutboxEntry restore(
            byte[] encoded, OutboxTracker tracker, Duration patience, boolean written, OptionalInt count) {
        outbox.add(new Queued(StoredStanza.read(encoded), tracker));
        restoredCounts.add(count);
        return entry(encoded, tracker);
    }

    @Override
    public String sessionName() {
        return sessionName;
    }

    private static OutboxEntry entry(byte[] encoded, OutboxTracker tracker) {
        CompletableFuture<Void> stored = tracker.store(encoded);
        return new OutboxEntry() {
            @Override
            public CompletableFuture<Void> queued() {
                return stored;
            }

            @Override
            public CompletableFuture<Boolean> withdraw() {
                return CompletableFuture.completedFuture(true);
            }

            @Override
            public CompletableFuture<Boolean> replace(byte[] other) {
                return CompletableFuture.completedFuture(true);
            }

            @Override
            public void settle() {}

            @Override
            public byte[] encoded() {
                return encoded;
            }
        };
    }

    @Override
    public ClientRecords records() {
        return records;
    }

    @Override
    public void onHandled(Supplier<List<StoreChange>> changes) {
        handled.add(changes);
    }

    /** Whether what waits keeps the count of handled stanzas from going on. */
    public boolean handledHeld;
    /** How many messages would be lost with the process. */
    public int atRisk;

    @Override
    public void atRisk() {
        atRisk++;
    }

    @Override
    public void holdHandled() {
        handledHeld = true;
    }

    @Override
    public void letGoHandled() {
        handledHeld = false;
    }

    @Override
    public void holdOutbox() {
        outboxIsHeld = true;
    }

    @Override
    public void letGoOutbox() {
        outboxIsHeld = false;
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        timers.add(task);
        return () -> timers.remove(task);
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
