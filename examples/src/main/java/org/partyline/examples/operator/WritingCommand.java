package org.partyline.examples.operator;

import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.book.Actor;
import picocli.CommandLine.Option;

/** A command after which the log is longer. The log tells who gave it. */
abstract class WritingCommand extends BooksCommand {
    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Who you are, for the log. Else " + Desk.VARIABLE + " says it, else the account's name.")
    private @Nullable String name;

    WritingCommand(Desk desk) {
        super(desk);
    }

    final Actor actor() {
        try {
            return name == null ? desk().operator() : Actor.operator(name);
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
    }
}
