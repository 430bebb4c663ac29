package org.partyline.examples.operator;

import org.partyline.examples.operator.book.Action;
import org.partyline.examples.operator.book.Details;
import org.partyline.examples.operator.book.Ledger;
import org.partyline.examples.operator.book.Ledger.Deed;
import org.partyline.examples.operator.book.License;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./partyline operator suspend}. */
@Command(
        name = "suspend",
        description =
                "Makes a license not good for a while. It does not end by itself: lift or revoke by the day named.")
final class SuspendCommand extends LicenseCommand {
    @Option(
            names = "--why",
            paramLabel = "TEXT",
            required = true,
            description = "The reason, for the log and the partner.")
    private String why = "";

    @Option(
            names = "--until",
            paramLabel = "TIME",
            required = true,
            description = "By when it is decided: a day, or a time such as 2026-12-01T12:00:00Z.")
    private String until = "";

    SuspendCommand(Desk desk) {
        super(desk);
    }

    @Override
    Deed deed(License license, Ledger ledger, Home books) {
        try {
            return new Deed(
                    license.id(),
                    Action.SUSPEND,
                    actor(),
                    Details.NONE.withWhy(why).withUntil(Times.parse(until)));
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
    }
}
