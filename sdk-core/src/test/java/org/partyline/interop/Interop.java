package org.partyline.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.client.ChatResources;
import org.partyline.error.ImException;
import org.partyline.presence.SubscriptionRequest;
import org.partyline.roster.RosterChange;
import org.partyline.roster.Subscription;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.xmpp.Xmpp;

/** One server, and the accounts and clients that the tests make on it. */
final class Interop implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final InteropServer server;
    private final ChatResources resources = ChatResources.create(1, 2, "interop");
    private final List<ChatClient> clients = new ArrayList<>();

    Interop(InteropServer server) {
        this.server = server;
    }

    /** What all clients of the suite share. */
    ChatResources resources() {
        return resources;
    }

    /** A new account on the main domain. */
    Account account(String role) {
        return account(role, server.domain());
    }

    Account account(String role, String domain) {
        String local = role + NUMBER.incrementAndGet();
        String password = "pässwort-" + local;
        server.createAccount(local, domain, password);
        return new Account(Jid.of(local, domain, null), password);
    }

    /** A builder that goes to the server by STARTTLS, and trusts it alone. */
    ChatClient.Builder builder(Account account) {
        return builder(account.jid()).credentials(Credentials.password(account.password()::toCharArray));
    }

    ChatClient.Builder builder(Jid account) {
        return ChatClient.builder()
                .protocol(Xmpp.create())
                .account(account)
                .tls(trust().build())
                .endpoints(server.startTls())
                .resources(resources);
    }

    TlsConfig.Builder trust() {
        return TlsConfig.builder().systemTrust(false).trust(server.trustAnchor());
    }

    ChatClient online(Account account) {
        return online(builder(account));
    }

    ChatClient online(ChatClient.Builder builder) {
        ChatClient client = build(builder);
        await(client.connect());
        return client;
    }

    /** Builds a client that is closed when the test ends. */
    ChatClient build(ChatClient.Builder builder) {
        ChatClient client = builder.build();
        clients.add(client);
        return client;
    }

    /** Makes two clients see each other's presence. */
    void befriend(ChatClient one, ChatClient other) {
        subscribe(one, other);
        subscribe(other, one);
    }

    private static void subscribe(ChatClient asker, ChatClient asked) {
        Jid from = bare(asker);
        Jid to = bare(asked);
        EventLog<SubscriptionRequest> requests = EventLog.of(asked.presence().requests());
        EventLog<RosterChange> changes = EventLog.of(asker.roster().changes());
        await(asker.roster().add(to, ""));
        requests.await(
                "the request of " + from, request -> request.from().bare().equals(from));
        await(asked.presence().approve(from));
        changes.await(
                "the subscription to " + to,
                change -> change.contact().jid().equals(to)
                        && (change.contact().subscription() == Subscription.TO
                                || change.contact().subscription() == Subscription.BOTH));
    }

    static Jid bare(ChatClient client) {
        return client.self().orElseThrow().bare();
    }

    /** The outcome, within 30 seconds. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new AssertionError("no outcome within 30 seconds", e);
        }
    }

    /** The failure of a kind, within 30 seconds. */
    static <E extends ImException> E awaitFailure(Class<E> type, CompletableFuture<?> future) {
        return org.junit.jupiter.api.Assertions.assertThrows(type, () -> await(future));
    }

    void endTest() {
        List<CompletableFuture<Void>> closing =
                clients.stream().map(ChatClient::closeAsync).toList();
        clients.clear();
        await(CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)));
    }

    @Override
    public void close() {
        endTest();
        await(resources.closeAsync());
        server.close();
    }
}
