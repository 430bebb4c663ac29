package org.partyline.examples.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.message.SentMessage;
import org.partyline.presence.Presence;
import org.partyline.roster.Contact;
import org.partyline.roster.Subscription;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.testkit.TestAccount;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.xmpp.Xmpp;

/** Somebody with a client, and what came in there. */
final class Person implements AutoCloseable {
    private final String name;
    private final Jid address;
    private final ChatClient client;
    private final Inbox inbox = new Inbox();
    private final List<StateChange> changes = new CopyOnWriteArrayList<>();
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();

    Person(String name, TestAccount account, Endpoint endpoint, TlsConfig trust) {
        this.name = name;
        this.address = Jid.parse(account.jid());
        this.client = ChatClient.builder()
                .protocol(Xmpp.create())
                .account(address)
                .credentials(Credentials.password(account.password()::toCharArray))
                // On the open network neither is needed: endpoints are looked up, and the system's authorities trusted.
                .endpoints(endpoint)
                .tls(trust)
                .build();
        client.messages().incoming().subscribe(inbox::accept);
        client.states().subscribe(change -> {
            changes.add(change);
            looks.forEach(Runnable::run);
        });
    }

    String name() {
        return name;
    }

    Jid address() {
        return address;
    }

    ChatClient client() {
        return client;
    }

    Inbox inbox() {
        return inbox;
    }

    /** {@return how often this person was told that the connection is lost} */
    long losses() {
        return changes.stream()
                .filter(change -> change.from() == ConnectionState.ONLINE && change.to() == ConnectionState.WAITING)
                .count();
    }

    /** {@return completes when this person has been told that the connection was lost so often} */
    CompletableFuture<Void> hasLost(int times) {
        return told(() -> losses() >= times);
    }

    /** {@return completes when this person has been told so often to be online} */
    CompletableFuture<Void> wasOnline(int times) {
        return told(() -> returns(true) + returns(false) >= times);
    }

    private CompletableFuture<Void> told(BooleanSupplier condition) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        Runnable look = () -> {
            if (condition.getAsBoolean()) {
                reached.complete(null);
            }
        };
        looks.add(look);
        look.run();
        return reached;
    }

    /** {@return how often this person came online, by resuming the session or by beginning one} */
    long returns(boolean resumed) {
        return changes.stream()
                .filter(change -> change.to() == ConnectionState.ONLINE && change.resumed() == resumed)
                .count();
    }

    /** Sends a message, and gives it once it is safe in the outbox. */
    CompletableFuture<SentMessage> say(Person to, String text) {
        return client.messages().to(to.address).body(text).requestReceipt().send();
    }

    /** {@return completes when both see each other's presence} */
    CompletableFuture<Void> contactOf(Person other) {
        return Checks.until(
                client.roster().changes(),
                () -> client.roster()
                        .contact(other.address)
                        .map(Contact::subscription)
                        .filter(Subscription.BOTH::equals)
                        .isPresent());
    }

    /** {@return completes when this person sees the other's presence so} */
    CompletableFuture<Void> sees(Person other, Presence wanted) {
        return Checks.until(client.presence().updates(), () -> {
            Presence seen = client.presence().of(other.address);
            return seen.availability() == wanted.availability() && seen.status().equals(wanted.status());
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
