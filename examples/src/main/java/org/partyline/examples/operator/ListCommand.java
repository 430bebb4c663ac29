package org.partyline.examples.operator;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.book.LicenseState;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.output.LicenseJson;
import org.partyline.examples.operator.output.LicenseText;
import org.partyline.examples.operator.output.Screen;
import org.partyline.examples.text.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./partyline operator list}. */
@Command(name = "list", description = "Shows all licenses, in the order in which they were applied for.")
final class ListCommand extends BooksCommand {
    @Option(names = "--state", paramLabel = "STATE", description = "Those alone: ${COMPLETION-CANDIDATES}.")
    private @Nullable LicenseState state;

    ListCommand(Desk desk) {
        super(desk);
    }

    @Override
    void run(Home books, Screen screen) throws IOException {
        List<License> found = books.read().licenses(desk().clock().instant()).stream()
                .filter(each -> state == null || each.state() == state)
                .toList();
        found.forEach(each -> LicenseText.headline(each, screen));
        if (found.isEmpty()) {
            screen.say(Tone.PLAIN, state == null ? "There are no licenses." : "No license is " + state + ".");
        }
        screen.result(Obj.EMPTY.with("licenses", LicenseJson.all(found)));
    }
}
