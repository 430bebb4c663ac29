package org.partyline.examples.operator;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.audit.AuditEntry;
import org.partyline.examples.operator.audit.AuditLog;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.output.EntryText;
import org.partyline.examples.operator.output.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./partyline operator audit show}. */
@Command(name = "show", description = "Shows the last entries of the log.")
final class AuditShowCommand extends BooksCommand {
    private static final int MOST_ENTRIES = 10_000;

    @Option(names = "--license", paramLabel = "ID", description = "Those about one license alone.")
    private @Nullable String license;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many: 1 to " + MOST_ENTRIES + " (default: ${DEFAULT-VALUE}).")
    private int last;

    AuditShowCommand(Desk desk) {
        super(desk);
    }

    @Override
    void run(Home books, Screen screen) throws IOException {
        if (last < 1 || last > MOST_ENTRIES) {
            throw misuse("--last is 1 to " + MOST_ENTRIES + ", not " + last);
        }
        Deque<AuditEntry> entries = new ArrayDeque<>();
        AuditLog.read(books.begun(), entry -> {
            if (license == null || entry.license().filter(license::equals).isPresent()) {
                entries.add(entry);
                if (entries.size() > last) {
                    entries.remove();
                }
            }
        });
        entries.forEach(each -> EntryText.line(each, screen));
        screen.result(Obj.EMPTY.with(
                "entries", new Arr(entries.stream().<Json>map(AuditEntry::json).toList())));
    }
}
