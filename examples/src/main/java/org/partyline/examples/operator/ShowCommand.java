package org.partyline.examples.operator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.partyline.examples.operator.audit.AuditEntry;
import org.partyline.examples.operator.audit.AuditLog;
import org.partyline.examples.operator.book.Book;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.output.EntryText;
import org.partyline.examples.operator.output.LicenseJson;
import org.partyline.examples.operator.output.LicenseText;
import org.partyline.examples.operator.output.Screen;
import org.partyline.examples.text.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./partyline operator show}. */
@Command(name = "show", description = "Shows one license, and all that the log has of it.")
final class ShowCommand extends BooksCommand {
    @Parameters(paramLabel = "ID", description = "The license, such as lic_7Q2M4.")
    private String id = "";

    ShowCommand(Desk desk) {
        super(desk);
    }

    @Override
    void run(Home books, Screen screen) throws IOException {
        Book book = new Book();
        List<AuditEntry> history = new ArrayList<>();
        AuditLog.read(books.begun(), entry -> {
            book.read(entry);
            if (entry.license().equals(Optional.of(id))) {
                history.add(entry);
            }
        });
        License license = book.license(id, desk().clock().instant())
                .orElseThrow(() -> new IOException("there is no license " + id));
        LicenseText.details(license, screen);
        screen.say(Tone.TITLE, "What happened");
        history.forEach(each -> EntryText.line(each, screen));
        screen.result(LicenseJson.of(license)
                .with(
                        "history",
                        new Arr(history.stream().<Json>map(AuditEntry::json).toList())));
    }
}
