package org.partyline.examples.operator;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.application.Application;
import org.partyline.examples.operator.application.InvalidApplicationException;
import org.partyline.examples.operator.book.Action;
import org.partyline.examples.operator.book.Actor;
import org.partyline.examples.operator.book.Details;
import org.partyline.examples.operator.book.Ledger;
import org.partyline.examples.operator.book.Ledger.Deed;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.book.Submission;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./partyline operator answer}. */
@Command(name = "answer", description = "Writes down what the partner answered. The review goes on.")
final class AnswerCommand extends LicenseCommand {
    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "The answer.")
    private String why = "";

    @Option(
            names = "--form",
            paramLabel = "FILE",
            description = "The application anew, if it changed; - for standard input.")
    private @Nullable String form;

    private @Nullable Application application;

    AnswerCommand(Desk desk) {
        super(desk);
    }

    @Override
    Deed deed(License license, Ledger ledger, Home books) throws IOException, InvalidApplicationException {
        Submission submission = null;
        if (form != null) {
            application = Forms.read(form, desk().in());
            if (application.products().stream()
                    .noneMatch(each -> each.text("id")
                            .orElseThrow()
                            .equals(license.submission().product()))) {
                throw new IOException(
                        "there is no product " + license.submission().product() + " in " + form);
            }
            submission = Forms.submission(application, license.submission().product());
        }
        try {
            return new Deed(
                    license.id(),
                    Action.ANSWER,
                    Actor.partner(license.partner()),
                    Details.NONE.withWhy(why).withSubmission(submission));
        } catch (IllegalArgumentException e) {
            throw misuse("--why: " + e.getMessage());
        }
    }

    @Override
    void keep(Home books) throws IOException {
        if (application != null) {
            books.forms().keep(application);
        }
    }
}
