package org.partyline.examples.operator.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.partyline.examples.operator.SetClock;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;

/** A log for tests. */
final class SampleLog {
    private SampleLog() {}

    static AuditDraft draft(String why) {
        return new AuditDraft(
                "license.suspended",
                Obj.EMPTY
                        .with("why", Json.of(why))
                        .with("lic", Json.of("lic_7Q2M4"))
                        .with("actor", Json.of("op:reviewer-1"))
                        .with("amount", Json.of(7)));
    }

    /** Writes entries, and gives the last one's checkpoint. */
    static Checkpoint write(Path file, int count) throws IOException {
        SetClock clock = SetClock.standard();
        try (AuditLog log = AuditLog.open(file, clock, AuditReader.NONE)) {
            for (int i = 0; i < count; i++) {
                clock.pass(Duration.ofMillis(1_001));
                log.append(List.of(draft("spam \u00e9 \"" + i)), log.time());
            }
            return log.checkpoint().orElseThrow();
        }
    }

    static List<AuditEntry> read(Path file) throws IOException {
        List<AuditEntry> entries = new ArrayList<>();
        AuditLog.read(file, entries::add);
        return entries;
    }
}
