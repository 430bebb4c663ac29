package org.partyline.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.error.ImException;
import org.partyline.error.ServerClosedException;
import org.partyline.internal.store.MemoryStore;
import org.partyline.ledger.DeliveryLedger;
import org.partyline.message.CatchUp;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.testkit.Fault;
import org.partyline.testkit.FaultProxy;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/**
 * One device of the chaos test: an account, a store that outlives its processes, and a network of its own that breaks. It can
 * be killed, and lives on as another process.
 */
final class ChaosDevice implements AutoCloseable {
    private static final String ARCHIVE = "urn:xmpp:mam:2";
    /** How long after a loss a session is sure to be kept by the server, which may have noticed before this side did. */
    private static final Duration KEPT = Duration.ofSeconds(ChaosSuite.HIBERNATION - 2);

    /** By how much the beginning of a session may be told late: by then the server may have forgotten it. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final String PAGING = "http://jabber.org/protocol/rsm";

    private final Interop interop;
    private final Account account;
    private final String name;
    private final List<Endpoint> nodes;
    private final MemoryStore disk = new MemoryStore();
    private final DeliveryLedger ledger;
    private FaultProxy proxy;
    private Life life;

    private final List<CatchUp> gaps = new CopyOnWriteArrayList<>();
    private int resumed;
    private int reconnects;
    private int resumable;
    /** Sessions that could have been resumed and were not, by how they were lost. */
    private final List<String> notResumed = new ArrayList<>();

    private @Nullable ImException lastLoss;
    /** Whether the server should still know the session of the present process. */
    private boolean sessionIsThere;

    private long goneAt;
    private long lostAt;
    /** Whether a fault is in force until it is lifted. */
    private boolean struck;
    /** Whether another client has taken the resource. */
    private volatile boolean displaced;
    /** Whether nothing has come through since a fault. */
    private boolean awaiting;

    private long faultGoneAt;
    private final List<Long> recovery = new ArrayList<>();
    private int next;

    /** One process. What it hears when it is dead nobody hears. */
    private static final class Life {
        final ChatClient client;
        final AtomicBoolean dead = new AtomicBoolean();

        Life(ChatClient client) {
            this.client = client;
        }
    }

    /**
     * @param nodes where to go to, in this order, instead of through a network that breaks
     */
    ChaosDevice(Interop interop, Account account, String name, Endpoint... nodes) {
        this.nodes = List.of(nodes);
        this.interop = interop;
        this.account = account;
        this.name = name;
        this.ledger = new DeliveryLedger(name);
        begin();
    }

    private void begin() {
        proxy = FaultProxy.to(interop.server.startTls().port());
        List<Endpoint> endpoints = nodes.isEmpty() ? List.of(Endpoint.startTls("127.0.0.1", proxy.port())) : nodes;
        ChatClient client = interop.build(interop.builder(account)
                .store(disk)
                .limits(Chaos.IMPATIENT)
                .endpoints(endpoints.toArray(Endpoint[]::new)));
        Life begun = new Life(client);
        life = begun;
        ledger.listen(client.messages());
        client.messages().incoming().subscribe(message -> through(begun));
        client.messages().deliveries().filter(change -> change.to().isSettled()).subscribe(change -> through(begun));
        client.states().subscribe(change -> moved(begun, change));
        client.messages().catchUps().filter(CatchUp::gapPossible).subscribe(gaps::add);
    }

    void connect() {
        Interop.await(life.client.connect());
    }

    Jid address() {
        return account.jid();
    }

    String name() {
        return name;
    }

    /** What the application was given and told. */
    DeliveryLedger ledger() {
        return ledger;
    }

    FaultProxy proxy() {
        return proxy;
    }

    MemoryStore disk() {
        return disk;
    }

    /** Sends the next message. {@return what completes when it is accepted or refused} */
    CompletableFuture<Void> send(ChaosDevice to, String padding) {
        String text = name + "#" + to.name + "#" + next++;
        DeliveryLedger.Accepting accepting = ledger.sending(text);
        return life.client
                .messages()
                .to(to.address())
                .body(text + " " + padding)
                .send()
                .handle((sent, failure) -> {
                    if (failure == null) {
                        accepting.accepted(sent.id());
                    }
                    return null;
                });
    }

    private void moved(Life by, StateChange change) {
        if (by.dead.get()) {
            return;
        }
        synchronized (this) {
            if (change.to() == ConnectionState.ONLINE) {
                reconnects++;
                resumed += change.resumed() ? 1 : 0;
                boolean begunSince = lostAt - goneAt > LATE.toNanos();
                if (sessionIsThere && begunSince && System.nanoTime() - lostAt < KEPT.toNanos()) {
                    resumable++;
                    if (!change.resumed()) {
                        notResumed.add(name + " after " + lastLoss);
                    }
                }
                sessionIsThere = true;
            } else if (change.from() == ConnectionState.ONLINE) {
                lostAt = System.nanoTime();
                lastLoss = change.failure();
                // Prosody 0.12 takes a burst of what is sent again for one stanza that is too big, and ends the
                // session.
                sessionIsThere &= !(change.failure() instanceof ServerClosedException);
                if (!awaiting) {
                    awaiting = true;
                    faultGoneAt = lostAt;
                }
            }
        }
        if (change.to() == ConnectionState.DISCONNECTED && displaced && isConflict(change.failure())) {
            connectWheneverPossible(by);
        } else if (change.to() == ConnectionState.DISCONNECTED) {
            throw new AssertionError(name + " has given up: " + change);
        }
    }

    private synchronized void through(Life by) {
        if (awaiting && !struck && !by.dead.get()) {
            awaiting = false;
            recovery.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - faultGoneAt));
        }
    }

    /** A fault is in force from now on, until it is lifted. */
    synchronized void struck() {
        struck = true;
    }

    /** Lifts all faults. */
    void heal() {
        proxy.target(interop.server.startTls().port());
        proxy.heal();
        synchronized (this) {
            if (struck) {
                struck = false;
                awaiting = true;
                faultGoneAt = System.nanoTime();
            }
        }
    }

    /** The server forgets the session. */
    synchronized void sessionIsGone() {
        goneAt = System.nanoTime();
        sessionIsThere = false;
    }

    /** Ends the process as a signal would that asks for nothing, and starts another on the same store. */
    void kill() {
        Life killed = life;
        proxy.inject(Fault.silence().towardsServer());
        killed.dead.set(true);
        ledger.killed(disk);
        sessionIsGone();
        proxy.close();
        killed.client.closeAsync();
        begin();
        connectWheneverPossible(life);
    }

    private static boolean isConflict(@Nullable ImException failure) {
        return failure instanceof ServerClosedException closed
                && closed.condition().equals("conflict");
    }

    /** Another client takes this one's resource, and goes. The application insists on being there. */
    void displace() {
        Optional<Jid> self = life.client.self();
        if (self.isEmpty()) {
            return; // a process that has just begun has no session that could be taken
        }
        displaced = true;
        sessionIsGone();
        ChatClient other = interop.build(
                interop.builder(self.get()).credentials(Credentials.password(account.password()::toCharArray)));
        Interop.await(other.connect());
        Interop.await(other.closeAsync());
        // The one that was begun meanwhile may have been displaced, too, by a connection that was gone before it was
        // told.
        sessionIsGone();
    }

    private void connectWheneverPossible(Life begun) {
        begun.client.connect().whenComplete((done, failure) -> {
            if (failure != null && !begun.dead.get()) {
                connectWheneverPossible(begun);
            }
        });
    }

    /** The texts that the account's archive holds at the server, in its order. */
    List<String> archive() {
        XmppAccess door = life.client.extension(XmppAccess.class);
        List<String> texts = new ArrayList<>();
        // The client reads on its own too.
        EventLog<XmlElement> results = EventLog.of(door.stanzas(each -> each.child(ARCHIVE, "result") != null
                && String.valueOf(each.child(ARCHIVE, "result").attribute("queryid"))
                        .startsWith("chaos")));
        String after = "";
        int taken = 0;
        while (true) {
            XmlElement fin = Interop.await(door.query(
                            "set",
                            null,
                            XmlElement.builder(ARCHIVE, "query")
                                    .attribute("queryid", "chaos" + taken)
                                    .child(XmlElement.builder(PAGING, "set")
                                            .textChild("max", "50")
                                            .textChild("after", after.isEmpty() ? null : after)
                                            .build())
                                    .build()))
                    .child(ARCHIVE, "fin");
            XmlElement paging = fin == null ? null : fin.child(PAGING, "set");
            XmlElement last = paging == null ? null : paging.child(PAGING, "last");
            if (last != null) {
                String end = last.text();
                results.await("the page", each -> end.equals(idOf(each)));
                after = end;
            }
            List<XmlElement> all = results.all();
            for (; taken < all.size(); taken++) {
                textOf(all.get(taken)).ifPresent(texts::add);
            }
            if (last == null || fin == null || "true".equals(fin.attribute("complete"))) {
                return texts;
            }
        }
    }

    private static String idOf(XmlElement message) {
        XmlElement result = message.child(ARCHIVE, "result");
        return result == null ? "" : String.valueOf(result.attribute("id"));
    }

    private static Optional<String> textOf(XmlElement message) {
        return Optional.ofNullable(message.child(ARCHIVE, "result"))
                .map(result -> result.child("urn:xmpp:forward:0", "forwarded"))
                .map(forwarded -> forwarded.child("jabber:client", "message"))
                .map(archived -> archived.childText("body"))
                .map(DeliveryLedger::firstWord);
    }

    void hurry() {
        life.client.reconnectNow();
    }

    boolean isOnline() {
        return life.client.state() == ConnectionState.ONLINE;
    }

    int pending() {
        return life.client.messages().pending().size();
    }

    /** Catch-ups that did not come to the archive's end. */
    List<CatchUp> gaps() {
        return gaps;
    }

    synchronized int reconnects() {
        return reconnects;
    }

    synchronized int resumable() {
        return resumable;
    }

    synchronized List<String> notResumed() {
        return List.copyOf(notResumed);
    }

    /** Milliseconds from the end of each fault to the next message through. */
    synchronized List<Long> recovery() {
        return List.copyOf(recovery);
    }

    synchronized int resumed() {
        return resumed;
    }

    @Override
    public void close() {
        proxy.close();
    }
}
