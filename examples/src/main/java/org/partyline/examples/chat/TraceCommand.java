package org.partyline.examples.chat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.partyline.examples.text.ForeignText;
import org.partyline.trace.WireTrace;

/** Shows what went over the wire, or writes it to a file, for a report of a defect. */
final class TraceCommand {
    /** How many elements and events are kept. */
    static final int KEPT = 1_000;

    private static final int SHOWN = 20;

    private final Session session;

    TraceCommand(Session session) {
        this.session = session;
    }

    Command command() {
        return new Command(
                List.of("trace"),
                "[FILE]",
                "what went over the wire, without secrets, for a report",
                typed -> typed.rest().isEmpty() ? show() : write(typed.rest()));
    }

    private CompletableFuture<?> show() {
        List<WireTrace.Entry> entries = session.client().trace().entries();
        for (WireTrace.Entry each : entries.subList(Math.max(0, entries.size() - SHOWN), entries.size())) {
            session.screen()
                    .tell("+" + each.elapsed().toMillis() + " ms #" + each.connection() + " "
                            + switch (each.kind()) {
                                case SENT -> "sent";
                                case RECEIVED -> "received";
                                case EVENT -> "event";
                            });
            each.text().lines().forEach(line -> session.screen().tell("  " + line));
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<?> write(String name) throws CommandException {
        try {
            WireTrace trace = session.client().trace();
            Path file = Files.writeString(Path.of(name), trace.text(), StandardOpenOption.CREATE_NEW);
            session.screen().tell("written to " + ForeignText.line(file.toString()));
            return CompletableFuture.completedFuture(null);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException("there is a file " + ForeignText.line(name) + " already.");
        } catch (IOException | InvalidPathException e) {
            throw new CommandException("that cannot be written: " + ForeignText.line(String.valueOf(e.getMessage())));
        }
    }
}
