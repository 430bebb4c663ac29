package org.partyline.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.error.ImException;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.CatchUp;
import org.partyline.message.DeliveryState;
import org.partyline.message.Message;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.testkit.Fault;
import org.partyline.testkit.FaultProxy;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/**
 * One device of the chaos test: an account, a store that outlives its processes, and a network of its own that breaks. It can
 * be killed, and lives on as another process. Notes whatever the application is given, and told.
 */
final class ChaosDevice implements AutoCloseable {
    private static final String ARCHIVE = "urn:xmpp:mam:2";
    private static final String PAGING = "http://jabber.org/protocol/rsm";

    private final Interop interop;
    private final Account account;
    private final String name;
    private final MemoryStore disk = new MemoryStore();
    private FaultProxy proxy;
    private Life life;

    // guarded by this
    private final List<String> given = new ArrayList<>();
    private final Set<String> givenOnce = new HashSet<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> againAfterAKill = new ArrayList<>();
    private Set<String> unsureSinceKill = Set.of();
    private final Map<String, DeliveryState> states = new HashMap<>();
    private final Map<String, String> textOf = new HashMap<>();
    private final Map<String, ImException> failures = new HashMap<>();
    private final List<String> illegal = new ArrayList<>();
    /** The text of a message, by what the store notes of it. */
    private final Map<String, String> seenText = new HashMap<>();

    private final List<CatchUp> gaps = new CopyOnWriteArrayList<>();
    private int resumed;
    private int reconnects;
    private int next;

    /** One process. What it hears when it is dead nobody hears. */
    private static final class Life {
        final ChatClient client;
        final AtomicBoolean dead = new AtomicBoolean();

        Life(ChatClient client) {
            this.client = client;
        }
    }

    ChaosDevice(Interop interop, Account account, String name) {
        this.interop = interop;
        this.account = account;
        this.name = name;
        begin();
    }

    private void begin() {
        proxy = FaultProxy.to(interop.server.startTls().port());
        ChatClient client = interop.build(interop.builder(account)
                .store(disk)
                .limits(Chaos.IMPATIENT)
                .endpoints(Endpoint.startTls("127.0.0.1", proxy.port())));
        Life begun = new Life(client);
        life = begun;
        client.messages().incoming().subscribe(message -> given(begun, message));
        client.messages().sentElsewhere().subscribe(message -> given(begun, message));
        client.messages()
                .deliveries()
                .subscribe(change -> changed(begun, change.message().id(), change.to(), change.failure()));
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

    FaultProxy proxy() {
        return proxy;
    }

    MemoryStore disk() {
        return disk;
    }

    /** Sends the next message. {@return what completes when it is accepted or refused} */
    CompletableFuture<Void> send(ChaosDevice to, String padding) {
        String text = name + "#" + to.name + "#" + next++;
        Life by = life;
        return by.client
                .messages()
                .to(to.address())
                .body(text + " " + padding)
                .send()
                .handle((sent, failure) -> {
                    if (failure == null && !by.dead.get()) {
                        accepted(sent.id(), text);
                    }
                    return null;
                });
    }

    private synchronized void accepted(String id, String text) {
        textOf.put(id, text);
        states.putIfAbsent(id, DeliveryState.QUEUED);
    }

    private synchronized void given(Life by, Message message) {
        if (by.dead.get()) {
            return;
        }
        String text = firstWord(message.body());
        given.add(text);
        seenText.put("s" + message.from().bare() + "\n" + message.id(), text);
        if (!givenOnce.add(text)) {
            (unsureSinceKill.contains(text) ? againAfterAKill : twice).add(text);
        }
    }

    private synchronized void changed(Life by, String id, DeliveryState to, ImException failure) {
        if (by.dead.get()) {
            return;
        }
        DeliveryState before = states.getOrDefault(id, DeliveryState.QUEUED);
        if (!before.canBecome(to)) {
            illegal.add(textOf.get(id) + ": " + before + " to " + to);
        }
        states.put(id, to);
        if (failure != null) {
            failures.put(id, failure);
        }
    }

    private void moved(Life by, StateChange change) {
        if (by.dead.get()) {
            return;
        }
        synchronized (this) {
            if (change.to() == ConnectionState.ONLINE) {
                reconnects++;
                resumed += change.resumed() ? 1 : 0;
            }
        }
        if (change.to() == ConnectionState.DISCONNECTED) {
            throw new AssertionError(name + " has given up: " + change);
        }
    }

    /** Ends the process as a signal would that asks for nothing, and starts another on the same store. */
    void kill() {
        Life killed = life;
        proxy.inject(Fault.silence().towardsServer());
        killed.dead.set(true);
        disk.restart();
        proxy.close();
        synchronized (this) {
            // What the store does not know to be given, the next process may be given again: nobody could tell it.
            unsureSinceKill = new HashSet<>(givenOnce);
            unsureSinceKill.removeAll(known(disk));
        }
        killed.client.closeAsync();
        begin();
        connectWheneverPossible(life);
    }

    /** The texts of messages that a store knows to have been given. */
    private Set<String> known(MemoryStore store) {
        Set<String> known = new HashSet<>();
        for (String key : store.keys("seen")) {
            String text = seenText.get(key);
            if (text != null) {
                known.add(text);
            }
        }
        return known;
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

    private static String firstWord(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
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
                .map(ChaosDevice::firstWord);
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

    synchronized List<String> given() {
        return List.copyOf(given);
    }

    /** Catch-ups that did not come to the archive's end. */
    List<CatchUp> gaps() {
        return gaps;
    }

    synchronized List<String> twice() {
        return List.copyOf(twice);
    }

    synchronized List<String> againAfterAKill() {
        return List.copyOf(againAfterAKill);
    }

    synchronized List<String> illegal() {
        return List.copyOf(illegal);
    }

    /** How far each accepted message has come, by its text. */
    synchronized Map<String, DeliveryState> accepted() {
        Map<String, DeliveryState> accepted = new HashMap<>();
        textOf.forEach((id, text) -> accepted.put(text, states.get(id)));
        return accepted;
    }

    synchronized int reconnects() {
        return reconnects;
    }

    synchronized int resumed() {
        return resumed;
    }

    @Override
    public void close() {
        proxy.close();
    }
}
