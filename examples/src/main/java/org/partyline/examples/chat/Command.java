package org.partyline.examples.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A command that can be typed.
 *
 * @param names its name, and others that users of other clients try; without the slash
 * @param arguments what follows it, for the help
 * @param help what it does
 * @param action does it
 */
record Command(List<String> names, String arguments, String help, Action action) {

    /** Does what was typed. */
    @FunctionalInterface
    interface Action {
        /** {@return completes when it is done} Called by the session's thread. */
        CompletableFuture<?> run(Typed typed) throws CommandException;
    }

    String usage() {
        return "/" + names.get(0) + (arguments.isEmpty() ? "" : " " + arguments);
    }
}
