package org.partyline.examples.chat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.presence.PresenceUpdate;
import org.partyline.stream.EventStream;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.xmpp.Xmpp;

/** A network inside this process, where somebody echoes. */
final class Embedded implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final TestNetwork network;
    private final TestAccount you;
    private final Jid echo;
    private final EchoPeer peer;

    private Embedded(TestNetwork network) {
        this.network = network;
        this.you = network.account("you");
        TestAccount account = network.account("echo");
        this.echo = Jid.parse(account.jid());
        this.peer = new EchoPeer(as(account).build());
    }

    static Embedded start() {
        Embedded embedded = new Embedded(TestNetwork.start());
        embedded.peer.start().orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
        return embedded;
    }

    Jid account() {
        return Jid.parse(you.jid());
    }

    /** {@return a client's settings, to sign in with} */
    ChatClient.Builder builder() {
        return as(you);
    }

    private ChatClient.Builder as(TestAccount account) {
        return ChatClient.builder()
                .protocol(Xmpp.create())
                .account(account.jid())
                .credentials(Credentials.password(account.password()::toCharArray))
                .endpoints(network.directTlsEndpoint())
                .tls(network.tlsConfig())
                .trace(TraceCommand.KEPT);
    }

    /** {@return completes when the echo is a contact, and lets be seen that it is there} */
    CompletableFuture<?> introduce(Session session) {
        session.conversations().enter(echo);
        CompletableFuture<PresenceUpdate> there = new CompletableFuture<>();
        EventStream.Subscription updates = session.client()
                .presence()
                .updates()
                .filter(update -> update.from().bare().equals(echo))
                .subscribe(there::complete);
        return session.client()
                .roster()
                .add(echo, "Echo")
                .thenCompose(added -> there)
                .orTimeout(START.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((seen, failure) -> updates.close());
    }

    /** {@return what to do here} */
    static String hint() {
        return "what you type goes to Echo, who says it back. /cut cuts your connection, /help tells the rest.";
    }

    /** {@return what can be typed on this network only} */
    List<Command> commands() {
        return List.of(new Command(List.of("cut"), "", "cut your connection, and see it come back", typed -> {
            network.faults(you).cut();
            return CompletableFuture.completedFuture(null);
        }));
    }

    @Override
    public void close() {
        peer.close();
        network.close();
    }
}
