package org.partyline.client;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.error.NotConnectedException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.ChatState;
import org.partyline.message.Messages;
import org.partyline.message.OutgoingMessage;
import org.partyline.message.SentMessage;
import org.partyline.presence.Presence;
import org.partyline.presence.PresenceService;
import org.partyline.privacy.BlockList;
import org.partyline.roster.Roster;
import org.partyline.spi.Protocol;
import org.partyline.spi.ProtocolSession;
import org.partyline.spi.SessionSettings;
import org.partyline.transport.Transports;
import org.partyline.transport.connection.Transport;

/** The session is a mock here: what matters is what the shell makes of its futures. */
class BlockingClientTest {
    private static final Jid ROMEO = Jid.parse("romeo@montague.example");

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final CallbackExecutor callbacks = new CallbackExecutor(pool);
    private final ProtocolSession session = mock();
    private final Messages messages = mock();
    private final PresenceService presence = mock();
    private final Roster roster = mock();
    private final BlockList blockList = mock();
    private final ChatResources resources = ChatResources.create(1, 1, "blocking-test");
    private final ChatClient client = ChatClient.builder()
            .protocol(new OneSession())
            .account("juliet@capulet.example")
            .credentials(Credentials.anonymous())
            .resources(resources)
            .callbackExecutor(pool)
            .build();
    private final BlockingClient blocking = client.blocking(Duration.ofSeconds(30));

    @BeforeEach
    void fillSession() {
        when(session.messages()).thenReturn(messages);
        when(session.presence()).thenReturn(presence);
        when(session.roster()).thenReturn(roster);
        when(session.blockList()).thenReturn(blockList);
        when(session.close()).thenReturn(done());
    }

    @AfterEach
    void end() throws Exception {
        pool.shutdownNow();
        loop.shutdownNow();
        resources.closeAsync().get(30, TimeUnit.SECONDS);
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static CompletableFuture<Void> done() {
        return completedFuture(null);
    }

    @Test
    void sessionCalls_reachTheirTwins() {
        when(session.connect()).thenReturn(done());
        when(session.disconnect()).thenReturn(done());
        when(session.drain(Duration.ofSeconds(5))).thenReturn(done());
        blocking.connect();
        blocking.drain(Duration.ofSeconds(5));
        blocking.disconnect();
        verify(session).connect();
        verify(session).drain(Duration.ofSeconds(5));
        verify(session).disconnect();
        assertSame(client, blocking.client());
    }

    @Test
    void rosterCalls_reachTheirTwins() {
        when(roster.save(ROMEO, "Romeo", List.of("friends"))).thenReturn(done());
        when(roster.add(ROMEO, "Romeo")).thenReturn(done());
        when(roster.remove(ROMEO)).thenReturn(done());
        blocking.roster().save(ROMEO, "Romeo", List.of("friends"));
        blocking.roster().add(ROMEO, "Romeo");
        blocking.roster().remove(ROMEO);
        verify(roster).save(ROMEO, "Romeo", List.of("friends"));
        verify(roster).add(ROMEO, "Romeo");
        verify(roster).remove(ROMEO);
    }

    @Test
    void presenceCalls_reachTheirTwins() {
        Presence away = Presence.away("back at five");
        when(presence.publish(away)).thenReturn(done());
        when(presence.sendTo(ROMEO, away)).thenReturn(done());
        when(presence.subscribe(ROMEO)).thenReturn(done());
        when(presence.unsubscribe(ROMEO)).thenReturn(done());
        when(presence.approve(ROMEO)).thenReturn(done());
        when(presence.deny(ROMEO)).thenReturn(done());
        blocking.presence().publish(away);
        blocking.presence().sendTo(ROMEO, away);
        blocking.presence().subscribe(ROMEO);
        blocking.presence().unsubscribe(ROMEO);
        blocking.presence().approve(ROMEO);
        blocking.presence().deny(ROMEO);
        verify(presence).publish(away);
        verify(presence).sendTo(ROMEO, away);
        verify(presence).subscribe(ROMEO);
        verify(presence).unsubscribe(ROMEO);
        verify(presence).approve(ROMEO);
        verify(presence).deny(ROMEO);
    }

    @Test
    void blockListCalls_reachTheirTwins() {
        when(blockList.load()).thenReturn(completedFuture(Set.of(ROMEO)));
        when(blockList.block(ROMEO)).thenReturn(done());
        when(blockList.unblock(ROMEO)).thenReturn(done());
        assertEquals(Set.of(ROMEO), blocking.blockList().load());
        blocking.blockList().block(ROMEO);
        blocking.blockList().unblock(ROMEO);
        verify(blockList).block(ROMEO);
        verify(blockList).unblock(ROMEO);
    }

    @Test
    void messageCalls_reachTheirTwins() {
        OutgoingMessage message = mock();
        SentMessage sent = mock();
        when(message.send()).thenReturn(completedFuture(sent));
        when(sent.acknowledged()).thenReturn(completedFuture(sent));
        when(sent.delivered()).thenReturn(completedFuture(sent));
        when(messages.chatState(ROMEO, ChatState.COMPOSING)).thenReturn(done());
        assertSame(sent, blocking.messages().send(message));
        verify(sent, never()).acknowledged();
        assertSame(sent, blocking.messages().sendAndAwaitAck(message));
        verify(sent).acknowledged();
        assertSame(sent, blocking.messages().awaitDelivery(sent));
        blocking.messages().chatState(ROMEO, ChatState.COMPOSING);
        verify(messages).chatState(ROMEO, ChatState.COMPOSING);
    }

    @Test
    void acknowledgmentThatDoesNotCome_timesOut_andStaysForOthersToWaitFor() {
        SentMessage sent = mock();
        CompletableFuture<SentMessage> shared = PublicFuture.of(new CompletableFuture<>(), callbacks);
        when(sent.acknowledged()).thenReturn(shared);
        BlockingMessages hasty = client.blocking(Duration.ofMillis(5)).messages();
        assertThrows(RequestTimeoutException.class, () -> hasty.awaitAck(sent));
        assertFalse(shared.isDone());
        assertFalse(PublicFuture.innerOf(shared).isDone());
    }

    @Test
    void failure_isThrownAsItsType() {
        when(presence.subscribe(ROMEO)).thenReturn(failedFuture(new NotConnectedException("subscribe")));
        BlockingPresence service = blocking.presence();
        NotConnectedException thrown = assertThrows(NotConnectedException.class, () -> service.subscribe(ROMEO));
        assertEquals("subscribe", thrown.operation());
    }

    @Test
    void insideASubscriber_callsAndClosingDoNotDeadlock() throws Exception {
        when(roster.remove(ROMEO)).thenAnswer(call -> answeredByTheLoop());
        when(session.close()).thenAnswer(call -> answeredByTheLoop());
        EventSource<String> events = new EventSource<>(callbacks, 10);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        events.stream().subscribe(event -> {
            try {
                blocking.roster().remove(ROMEO);
                blocking.close();
                outcome.complete(event);
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        events.emit("reached the end");
        assertEquals("reached the end", outcome.get(10, TimeUnit.SECONDS), "sooner than a wait would time out");
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private CompletableFuture<Void> answeredByTheLoop() {
        CompletableFuture<Void> inner = new CompletableFuture<>();
        CompletableFuture<Void> future = PublicFuture.of(inner, callbacks);
        loop.execute(() -> inner.complete(null));
        return future;
    }

    @Test
    void onALoopOfTheTransport_isRefused_andNothingIsSent() throws Exception {
        Transport transport = Transports.start(1, "refusal-test");
        BlockingRoster service = blocking.roster();
        try {
            CompletableFuture<String> refusal = new CompletableFuture<>();
            transport.nextLoop().execute(() -> {
                try {
                    service.remove(ROMEO);
                    refusal.complete("not refused");
                } catch (IllegalStateException e) {
                    refusal.complete(String.valueOf(e.getMessage()));
                }
            });
            assertTrue(refusal.get(30, TimeUnit.SECONDS).startsWith("remove contact would block an event loop"));
            verify(roster, never()).remove(ROMEO);
        } finally {
            transport.close().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void close_throwsNothing_whenTheEndDoesNotComeOrTheThreadIsInterrupted() {
        when(session.close()).thenReturn(new CompletableFuture<>());
        assertDoesNotThrow(client.blocking(Duration.ofMillis(5))::close);
        Thread.currentThread().interrupt();
        assertDoesNotThrow(blocking::close);
        assertTrue(Thread.interrupted(), "an interrupted thread is so still; this clears it");
    }

    @Test
    void timeoutsThatAreNotPositive_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> client.blocking(Duration.ZERO));
    }

    private final class OneSession implements Protocol {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public ProtocolSession open(SessionSettings settings) {
            return session;
        }
    }
}
