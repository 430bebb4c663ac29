package org.partyline.examples.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.JidFormatException;
import org.partyline.examples.text.ForeignText;

/** All that can be typed. */
final class Commands {
    private static final int HELP_COLUMN = 24;

    private final Session session;
    private final TalkCommands talk;
    private final List<Command> all = new ArrayList<>();
    private final Map<String, Command> byName = new HashMap<>();

    Commands(Session session, Speech speech, List<Command> more) {
        this.session = session;
        this.talk = new TalkCommands(session, speech);
        all.addAll(talk.all());
        all.addAll(new ContactCommands(session).all());
        all.addAll(new SelfCommands(session).all());
        all.add(new TraceCommand(session).command());
        all.addAll(more);
        all.add(new Command(List.of("help"), "", "this list", typed -> help()));
        all.forEach(command -> command.names().forEach(name -> byName.put(name, command)));
    }

    /** {@return what can follow a slash} */
    List<String> names() {
        return all.stream().map(command -> "/" + command.names().get(0)).toList();
    }

    /** {@return completes when it is done; fails with what went wrong} Called by the session's thread. */
    CompletableFuture<?> run(Typed typed) {
        try {
            if (typed.command().isEmpty()) {
                return talk.say(typed);
            }
            Command command = byName.get(typed.command());
            if (command == null) {
                throw new CommandException(
                        "there is no /" + ForeignText.line(typed.command()) + ". /help tells what there is.");
            }
            return command.action().run(typed);
        } catch (CommandException | JidFormatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<?> help() {
        session.screen()
                .title("What is not a command is said to whom you talk to. WHO is an address or a contact's name.");
        all.forEach(command -> session.screen().entry(command.usage(), command.help(), HELP_COLUMN));
        session.screen().tell("/me TEXT says what you do; //TEXT says a text that begins with a slash");
        return CompletableFuture.completedFuture(null);
    }
}
