package org.partyline.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.client.ChatResources;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.xmpp.Xmpp;

/** Clients of one test, on shared threads that must be gone in the end. */
final class Clients implements AutoCloseable {
    private final String name;
    private final ChatResources resources;
    private final List<ChatClient> clients = new ArrayList<>();

    Clients(String name) {
        this.name = name;
        this.resources = ChatResources.create(2, 2, name);
    }

    ChatResources resources() {
        return resources;
    }

    /** A builder for an account of a network, that goes there by STARTTLS. */
    ChatClient.Builder builder(TestNetwork network, TestAccount account) {
        return ChatClient.builder()
                .protocol(Xmpp.create())
                .account(account.jid())
                .credentials(Credentials.password(account.password()::toCharArray))
                .tls(network.tlsConfig())
                .endpoints(network.startTlsEndpoint())
                .resources(resources);
    }

    /** Builds a client that is closed in the end. */
    ChatClient build(ChatClient.Builder builder) {
        ChatClient client = builder.build();
        clients.add(client);
        return client;
    }

    ChatClient online(ChatClient.Builder builder) {
        ChatClient client = build(builder);
        Await.outcome(client.connect());
        return client;
    }

    /** Completes when a client comes to a state, from now on. */
    static CompletableFuture<StateChange> next(ChatClient client, ConnectionState state) {
        CompletableFuture<StateChange> reached = new CompletableFuture<>();
        client.states().filter(change -> change.to() == state).subscribe(reached::complete);
        return reached;
    }

    /** Makes a client that lost its connection come back without waiting for its turn. */
    static void comeBackAtOnce(ChatClient client) {
        client.states()
                .filter(change -> change.to() == ConnectionState.WAITING)
                .subscribe(change -> client.reconnectNow());
    }

    void closeClients() {
        List<CompletableFuture<Void>> closing =
                clients.stream().map(ChatClient::closeAsync).toList();
        clients.clear();
        Await.outcome(Await.all(closing));
    }

    @Override
    public void close() {
        closeClients();
        Await.outcome(resources.closeAsync());
        Set<String> left = Threads.named(name);
        if (!left.isEmpty()) {
            throw new AssertionError("threads are left: " + left);
        }
    }
}
