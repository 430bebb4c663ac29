package org.partyline.examples.operator;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.application.Application;
import org.partyline.examples.operator.application.Mapping;
import org.partyline.examples.operator.book.Action;
import org.partyline.examples.operator.book.Actor;
import org.partyline.examples.operator.book.Details;
import org.partyline.examples.operator.book.IllegalTransition;
import org.partyline.examples.operator.book.Ledger;
import org.partyline.examples.operator.book.Ledger.Deed;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.book.LicenseState;
import org.partyline.examples.operator.files.Sha256;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.JsonWriter;
import org.partyline.examples.operator.output.LicenseJson;
import org.partyline.examples.operator.output.LicenseText;
import org.partyline.examples.operator.output.Screen;
import org.partyline.examples.text.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./partyline operator review}. */
@Command(
        name = "review",
        description = {
            "Shows what waits for somebody; with an ID, begins to review that license, and shows its application.",
            ""
        })
final class ReviewCommand extends WritingCommand {
    private static final int MOST_REPORT_BYTES = 1_048_576;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The license, such as lic_7Q2M4.")
    private @Nullable String id;

    @Option(
            names = "--self-check",
            paramLabel = "FILE",
            description = "The report of the product's self-check, which you saw pass. The log keeps its digest.")
    private @Nullable String report;

    ReviewCommand(Desk desk) {
        super(desk);
    }

    @Override
    void run(Home books, Screen screen) throws IOException, IllegalTransition {
        if (id != null) {
            review(id, books, screen);
        } else if (report != null) {
            throw misuse("--self-check goes with an ID");
        } else {
            list(books, screen);
        }
    }

    private void list(Home books, Screen screen) throws IOException {
        Instant now = desk().clock().instant();
        List<License> waiting = books.read().licenses(now).stream()
                .filter(each -> waits(each, now))
                .toList();
        waiting.forEach(each -> LicenseText.headline(each, screen));
        if (waiting.isEmpty()) {
            screen.say(Tone.GOOD, "Nothing waits.");
        }
        screen.result(Obj.EMPTY.with("licenses", LicenseJson.all(waiting)));
    }

    private static boolean waits(License license, Instant now) {
        return license.state() == LicenseState.APPLIED
                || license.state() == LicenseState.IN_REVIEW
                || license.approval() != null
                || (license.suspension() != null
                        && !now.isBefore(license.suspension().until()));
    }

    private void review(String license, Home books, Screen screen) throws IOException, IllegalTransition {
        Actor actor = actor();
        try (Ledger ledger = books.open(desk().clock())) {
            License now = LicenseCommand.find(ledger, license);
            Application form = books.forms().load(now.submission().form());
            if (now.state() == LicenseState.APPLIED) {
                now = ledger.record(new Deed(license, Action.REVIEW, actor, Details.NONE), null);
            }
            if (report != null) {
                String digest = Sha256.of(Forms.bytes(report, MOST_REPORT_BYTES));
                now = ledger.record(new Deed(license, Action.CHECK, actor, Details.NONE.withReport(digest)), null);
            }
            LicenseText.details(now, screen);
            screen.say(Tone.TITLE, "The application");
            for (Mapping.Filled member : Mapping.filled(form)) {
                screen.item(
                        "  " + member.pointer() + "  ",
                        Tone.FAINT,
                        JsonWriter.plain(member.value()) + "  ("
                                + (member.target().reviewOnly()
                                        ? member.target().note()
                                        : String.join(", ", member.target().license()))
                                + ")");
            }
            screen.result(LicenseJson.of(now).with("application", form.form()));
        }
    }
}
