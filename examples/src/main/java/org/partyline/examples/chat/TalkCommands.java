package org.partyline.examples.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;

/** Commands about conversations. */
final class TalkCommands {
    private static final int HISTORY = 20;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Session session;
    private final Speech speech;

    TalkCommands(Session session, Speech speech) {
        this.session = session;
        this.speech = speech;
    }

    List<Command> all() {
        return List.of(
                new Command(
                        List.of("to", "query", "chat"), "WHO", "talk to somebody: what you type goes there", this::to),
                new Command(
                        List.of("msg", "tell"),
                        "WHO TEXT",
                        "say something to somebody, and stay where you are",
                        this::msg),
                new Command(List.of("list", "conversations"), "", "the conversations of this run", typed -> list()),
                new Command(
                        List.of("history"),
                        "[N]",
                        "the last N things said here (" + HISTORY + "), and how far yours have come",
                        this::history),
                new Command(List.of("close"), "", "leave this conversation", typed -> close()));
    }

    /** Says a text in the conversation that the user is in. */
    CompletableFuture<?> say(Typed typed) throws CommandException {
        if (typed.rest().isEmpty()) {
            return DONE;
        }
        return speech.say(current().with(), typed.rest());
    }

    private Conversation current() throws CommandException {
        return session.conversations()
                .current()
                .orElseThrow(() -> new CommandException("to whom? Begin a conversation: /to WHO"));
    }

    private CompletableFuture<?> to(Typed typed) throws CommandException {
        Jid who = session.people().find(typed.rest());
        int unread = session.conversations().with(who).unread();
        Conversation conversation = session.conversations().enter(who);
        session.screen()
                .tell("what you type now goes to " + session.people().nameAndAddress(who) + ", who is "
                        + People.words(session.client().presence().of(who)));
        show(conversation.last(unread));
        return DONE;
    }

    private CompletableFuture<?> msg(Typed typed) throws CommandException {
        Jid who = session.people().find(typed.word());
        if (typed.afterWord().isEmpty()) {
            throw new CommandException("say what? /msg WHO TEXT");
        }
        return speech.say(who, typed.afterWord());
    }

    private CompletableFuture<?> list() {
        if (session.conversations().all().isEmpty()) {
            session.screen().tell("no conversations yet. /to WHO begins one.");
        }
        for (Conversation each : session.conversations().all()) {
            session.screen()
                    .tell(session.people().nameAndAddress(each.with())
                            + (session.conversations().isCurrent(each) ? " (here)" : "")
                            + (each.unread() > 0 ? ", " + each.unread() + " new" : ""));
        }
        return DONE;
    }

    private CompletableFuture<?> history(Typed typed) throws CommandException {
        int count = HISTORY;
        if (!typed.rest().isEmpty()) {
            if (!typed.rest().matches("[1-9][0-9]{0,3}")) {
                throw new CommandException("how many? /history " + HISTORY);
            }
            count = Integer.parseInt(typed.rest());
        }
        List<Remark> last = current().last(count);
        if (last.isEmpty()) {
            session.screen().tell("nothing was said here in this run");
        }
        show(last);
        return DONE;
    }

    private void show(List<Remark> remarks) {
        for (Remark remark : remarks) {
            String other = session.conversations()
                    .current()
                    .map(Conversation::with)
                    .map(session.people()::name)
                    .orElse("");
            session.screen().says(remark.own() ? Session.self() : other, remark, remark.mark());
        }
    }

    private CompletableFuture<?> close() throws CommandException {
        Conversation conversation = current();
        session.conversations().close(conversation);
        session.screen().tell("left the conversation with " + session.people().name(conversation.with()));
        return DONE;
    }
}
