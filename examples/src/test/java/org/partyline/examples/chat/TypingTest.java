package org.partyline.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.examples.text.Layout;
import org.partyline.examples.text.Palette;
import org.partyline.message.ChatState;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.TestNetworkExtension;
import org.partyline.testkit.Username;
import org.partyline.xmpp.Xmpp;

/** Typing on a terminal is told to the other side, as far as it may be. */
@ExtendWith(TestNetworkExtension.class)
@Timeout(120)
class TypingTest {

    @Test
    void typing_toSomebodyWhoHasWritten_isTold(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (ChatClient other = client(network, juliet).build()) {
            BlockingQueue<ChatState> told = new LinkedBlockingQueue<>();
            other.messages().chatStates().subscribe(change -> told.add(change.state()));
            other.connect().get(30, TimeUnit.SECONDS);
            FakeTerminal terminal = new FakeTerminal();
            CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> run(network, romeo, terminal));
            terminal.awaitShown("online as");

            Consumer<String> typing = terminal.typing.get(30, TimeUnit.SECONDS);
            other.messages()
                    .to(Jid.parse(romeo.jid()))
                    .body("Art thou there?")
                    .send()
                    .get(30, TimeUnit.SECONDS);
            terminal.awaitShown("Art thou there?");
            typing.accept("/not told");
            typing.accept("h");
            assertEquals(ChatState.COMPOSING, told.poll(30, TimeUnit.SECONDS));
            typing.accept("he");
            typing.accept("");
            assertEquals(ChatState.ACTIVE, told.poll(30, TimeUnit.SECONDS));
            terminal.awaitPrompt("juliet@chat.test> ");
            assertTrue(terminal.statuses.stream().anyMatch(row -> row.contains("online | to juliet@chat.test")));

            terminal.lines.add("/quit");
            assertEquals(0, run.get(30, TimeUnit.SECONDS));
            assertTrue(told.isEmpty(), told::toString);
        }
    }

    private static ChatClient.Builder client(TestNetwork network, TestAccount account) {
        return ChatClient.builder()
                .protocol(Xmpp.create())
                .account(account.jid())
                .credentials(Credentials.password(account.password()::toCharArray))
                .endpoints(network.directTlsEndpoint())
                .tls(network.tlsConfig());
    }

    private static int run(TestNetwork network, TestAccount account, View view) {
        try {
            return new ChatRun(view).run(client(network, account), Duration.ofSeconds(30), "to the test", null);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class FakeTerminal implements View {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> prompts = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> statuses = new LinkedBlockingQueue<>();
        private final CompletableFuture<Consumer<String>> typing = new CompletableFuture<>();

        void awaitShown(String text) throws InterruptedException {
            await(shown, text);
        }

        void awaitPrompt(String text) throws InterruptedException {
            await(prompts, text);
        }

        private static void await(BlockingQueue<String> queue, String text) throws InterruptedException {
            String next;
            do {
                next = queue.poll(30, TimeUnit.SECONDS);
                assertTrue(next != null, "never came: " + text);
            } while (!next.contains(text));
        }

        @Override
        public Layout layout() {
            return new Layout(Layout.UNBOUNDED, new Palette(false));
        }

        @Override
        public void show(List<String> text) {
            shown.addAll(text);
        }

        @Override
        public void status(String text) {
            statuses.add(text);
        }

        @Override
        public boolean hasStatus() {
            return true;
        }

        @Override
        public void prompt(String text) {
            prompts.add(text);
        }

        @Override
        public @Nullable String readLine() {
            try {
                return lines.take();
            } catch (InterruptedException e) {
                return null;
            }
        }

        @Override
        public void onTyping(Consumer<String> listener) {
            typing.complete(listener);
        }

        @Override
        public boolean interactive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
