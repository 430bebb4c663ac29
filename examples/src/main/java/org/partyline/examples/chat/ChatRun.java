package org.partyline.examples.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.client.ChatClient;

/** One run of the chat client: signs in, does what is typed until that ends, and leaves in order. */
final class ChatRun {
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(17); // /wait 999
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final View view;
    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicInteger failures = new AtomicInteger();
    private final CompletableFuture<Void> leaving = new CompletableFuture<>();

    ChatRun(View view) {
        this.view = view;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "chat"));
        thread.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    /**
     * Runs until the input ends, the user leaves, or the server ends it.
     *
     * @param builder the client's settings
     * @param timeout how long finding and connecting may take, and again signing in
     * @param where says what is connected to
     * @param embedded the network inside this process, or null
     * @return the exit code
     */
    int run(ChatClient.Builder builder, Duration timeout, String where, @Nullable Embedded embedded)
            throws InterruptedException {
        ChatClient client = builder.callbackExecutor(thread).build();
        Thread farewell = new Thread(() -> leave(client), "farewell");
        Runtime.getRuntime().addShutdownHook(farewell); // Ctrl-C and kill leave in order, too
        Screen screen = new Screen(view, clock);
        Session session = new Session(client, screen, new People(client.roster()), new Conversations(), new Requests());
        Arrivals arrivals = new Arrivals();
        ConnectionNews news = new ConnectionNews(session);
        // Before connecting: what waits for this user on the server comes as soon as they are online.
        news.listen();
        new Events(session, arrivals::came).listen();
        try {
            screen.tell("connecting " + where + "...");
            client.connect().get(2 * timeout.toSeconds() + 10, TimeUnit.SECONDS);
            if (embedded != null) {
                finish(session, onThread(() -> embedded.introduce(session)));
                thread.execute(() -> screen.tell(Embedded.hint()));
            }
            return talk(session, arrivals, news.ended(), embedded);
        } catch (ExecutionException | TimeoutException e) {
            screen.error(e);
            return 1;
        } finally {
            leave(client);
            thread.shutdownNow();
            removeHook(farewell);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook runs.
        }
    }

    private int talk(Session session, Arrivals arrivals, CompletableFuture<Void> ended, @Nullable Embedded embedded)
            throws InterruptedException {
        Speech speech = new Speech(session, clock);
        Typing typing = new Typing(session, thread);
        List<Command> more = new ArrayList<>();
        more.add(arrivals.command());
        more.add(new Command(List.of("quit", "exit"), "", "leave", typed -> {
            leaving.complete(null);
            return CompletableFuture.completedFuture(null);
        }));
        if (embedded != null) {
            more.addAll(embedded.commands());
        }
        Commands commands = new Commands(session, speech, more);
        view.onTyping(line -> thread.execute(() -> typing.onTyped(line)));
        view.complete(() -> words(session, commands));
        Function<Typed, CompletableFuture<?>> act = typed -> onThread(() -> {
            if (typed.command().isEmpty()) {
                typing.onSaid();
            }
            return commands.run(typed).whenComplete((done, failure) -> session.refresh());
        });
        return readAndDo(session, act, ended);
    }

    private int readAndDo(Session session, Function<Typed, CompletableFuture<?>> act, CompletableFuture<Void> ended)
            throws InterruptedException {
        while (!leaving.isDone()) {
            CompletableFuture<@Nullable String> line = readLine();
            try {
                CompletableFuture.anyOf(line, ended, leaving).get();
                String typed = leaving.isDone() ? null : line.get();
                if (typed == null) {
                    break;
                }
                finish(session, act.apply(Typed.parse(typed)));
            } catch (ExecutionException e) {
                session.screen().error(e);
                return 1;
            }
        }
        return farewell(session);
    }

    private int farewell(Session session) throws InterruptedException {
        session.screen().tell("leaving...");
        try {
            session.client().drain(GOODBYE).get(2 * GOODBYE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            failures.incrementAndGet();
            session.screen().error("what the server had not confirmed when you left may be lost");
        }
        // In a script, a command that failed makes the run fail; a person has seen it, and gone on.
        return failures.get() > 0 && !view.interactive() ? 1 : 0;
    }

    /** {@return the next line} It is read by a thread of its own: typing can take for ever, and the session may end. */
    private CompletableFuture<@Nullable String> readLine() {
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        daemon(
                        () -> {
                            try {
                                line.complete(view.readLine());
                            } catch (RuntimeException | Error e) {
                                line.completeExceptionally(e);
                            }
                        },
                        "chat-input")
                .start();
        return line;
    }

    /**
     * Waits until a command is done, so that a script's next line finds it done, and shows what went wrong. On a terminal
     * nobody wants to wait: what takes longer than a moment goes on by itself.
     */
    private void finish(Session session, CompletableFuture<?> done) throws InterruptedException {
        CompletableFuture<?> told = done.whenComplete((ignored, failure) -> tellFailure(session, failure));
        Duration patience = view.hasStatus() ? MOMENT : LONGEST_COMMAND;
        try {
            told.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // It was told.
        } catch (TimeoutException e) {
            if (!view.hasStatus()) {
                tellFailure(session, e);
            }
        }
    }

    private void tellFailure(Session session, @Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        failures.incrementAndGet();
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof CommandException)) {
            cause = cause.getCause();
        }
        if (cause instanceof CommandException told) {
            session.screen().error(String.valueOf(told.getMessage()));
        } else {
            session.screen().error(failure);
        }
    }

    private CompletableFuture<?> onThread(Supplier<CompletableFuture<?>> work) {
        return CompletableFuture.supplyAsync(work, thread).thenCompose(done -> done);
    }

    private static List<String> words(Session session, Commands commands) {
        List<String> words = new ArrayList<>(commands.names());
        session.client()
                .roster()
                .contacts()
                .forEach(contact -> words.add(contact.jid().toString()));
        return words;
    }

    private static void leave(ChatClient client) {
        try {
            client.closeAsync().get(GOODBYE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It goes on closing while the process ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
