package org.partyline.examples.operator;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.audit.AuditLog;
import org.partyline.examples.operator.audit.Checkpoint;
import org.partyline.examples.operator.book.Book;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.output.Screen;
import org.partyline.examples.text.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./partyline operator audit verify}. */
@Command(
        name = "verify",
        description = {
            "Checks that the log is as it was written, and names the first line that is not.",
            "",
            "Lines missing at the end leave no trace in what is left of a log, nor does one written anew by who has all of it. "
                    + "Against that, keep the checkpoint that this prints in another place, and give it the next time.",
            ""
        })
final class AuditVerifyCommand extends BooksCommand {
    @Option(
            names = "--expect",
            paramLabel = "SEQ:HASH",
            description = "A checkpoint that was kept: the log has to hold it.")
    private @Nullable String expected;

    AuditVerifyCommand(Desk desk) {
        super(desk);
    }

    @Override
    void run(Home books, Screen screen) throws IOException {
        Checkpoint checkpoint = null;
        try {
            checkpoint = expected == null ? null : Checkpoint.parse(expected);
        } catch (IllegalArgumentException e) {
            throw misuse("--expect: " + e.getMessage());
        }
        Checkpoint last = AuditLog.verify(books.begun(), checkpoint, new Book())
                .orElseThrow(() -> new IOException("the audit log is empty"));
        screen.say(
                Tone.GOOD,
                last.seq() + (last.seq() == 1 ? " line is" : " lines are") + " as written"
                        + (expected == null ? "." : ", and hold the checkpoint given."));
        screen.field("checkpoint", last.toString());
        screen.result(Obj.EMPTY.with("lines", Json.of(last.seq())).with("checkpoint", Json.of(last.toString())));
    }
}
