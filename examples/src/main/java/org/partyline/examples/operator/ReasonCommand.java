package org.partyline.examples.operator;

import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.book.Action;
import org.partyline.examples.operator.book.Actor;
import org.partyline.examples.operator.book.Details;
import org.partyline.examples.operator.book.Ledger;
import org.partyline.examples.operator.book.Ledger.Deed;
import org.partyline.examples.operator.book.License;
import picocli.CommandLine.Option;

/** Commands that have a reason to tell at most: {@code ask}, {@code reject}, {@code lift}, {@code revoke}, {@code withdraw}. */
final class ReasonCommand extends LicenseCommand {
    private final Action action;

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the log and the partner.")
    private @Nullable String why;

    ReasonCommand(Desk desk, Action action) {
        super(desk);
        this.action = action;
    }

    @Override
    Deed deed(License license, Ledger ledger, Home books) {
        Actor actor = action == Action.WITHDRAW ? Actor.partner(license.partner()) : actor();
        if (why == null && action.needsReason()) {
            throw misuse("tell the reason: --why TEXT");
        }
        try {
            return new Deed(license.id(), action, actor, Details.NONE.withWhy(why));
        } catch (IllegalArgumentException e) {
            throw misuse("--why: " + e.getMessage());
        }
    }
}
