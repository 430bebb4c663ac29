package org.partyline.examples.operator.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partyline.examples.operator.SetClock;
import org.partyline.examples.operator.json.Json;

/** A crash in the middle of writing: what was acknowledged stays, what was not goes, and the log says so. */
class TornLogTest {
    private static final int ACKNOWLEDGED = 3;

    @TempDir
    private Path directory;

    @Test
    void lineCutOffAnywhere_isTakenAway_andNothingElse() throws IOException {
        Path file = directory.resolve("audit.jsonl");
        SampleLog.write(file, ACKNOWLEDGED + 1);
        byte[] all = Files.readAllBytes(file);
        List<AuditEntry> entries = SampleLog.read(file);
        int kept = all.length - entries.get(ACKNOWLEDGED).line().getBytes(StandardCharsets.UTF_8).length - 1;
        for (int length = kept + 1; length < all.length - 1; length++) {
            for (int zeros = 0; zeros <= 700; zeros += 700) {
                Files.write(file, Arrays.copyOf(Arrays.copyOf(all, length), length + zeros));
                assertThrows(BrokenLogException.class, () -> AuditLog.verify(file, null, AuditReader.NONE));
                assertEquals(entries.subList(0, ACKNOWLEDGED), SampleLog.read(file));

                reopen(file);

                List<AuditEntry> now = SampleLog.read(file);
                assertEquals(entries.subList(0, ACKNOWLEDGED), now.subList(0, ACKNOWLEDGED));
                assertEquals(ACKNOWLEDGED + 1, now.size());
                assertEquals("log.repaired", now.get(ACKNOWLEDGED).event());
                assertEquals(
                        Json.of(length - kept + zeros),
                        now.get(ACKNOWLEDGED).members().get("bytes").orElseThrow());
                AuditLog.verify(file, null, AuditReader.NONE);
            }
        }
    }

    @Test
    void lineThatLacksItsEndAlone_isKept() throws IOException {
        Path file = directory.resolve("audit.jsonl");
        SampleLog.write(file, ACKNOWLEDGED);
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - 1));

        reopen(file);

        assertEquals(ACKNOWLEDGED, SampleLog.read(file).size());
        assertArrayEquals(all, Files.readAllBytes(file));
    }

    @Test
    void restThatIsNoBeginningOfALine_isNotTakenAway() throws IOException {
        Path file = directory.resolve("audit.jsonl");
        SampleLog.write(file, ACKNOWLEDGED);
        byte[] all = Files.readAllBytes(file);
        all[all.length - 1] = 'x';
        Files.write(file, all);

        BrokenLogException found = assertThrows(BrokenLogException.class, () -> reopen(file));

        assertEquals(ACKNOWLEDGED, found.line());
        assertArrayEquals(all, Files.readAllBytes(file));
    }

    private static void reopen(Path file) throws IOException {
        SetClock clock = SetClock.standard();
        clock.pass(Duration.ofHours(1));
        AuditLog.open(file, clock, AuditReader.NONE).close();
    }
}
