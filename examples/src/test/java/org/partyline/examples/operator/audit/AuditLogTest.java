package org.partyline.examples.operator.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partyline.examples.operator.SetClock;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;

class AuditLogTest {
    private final SetClock clock = SetClock.standard();

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("audit.jsonl");
    }

    @Test
    void entry_hasOneText() throws IOException {
        try (AuditLog log = AuditLog.open(file, clock, AuditReader.NONE)) {
            log.append(List.of(SampleLog.draft("spam wave")), log.time());
        }

        String line = Files.readString(file);

        assertTrue(
                line.startsWith("{\"seq\":1,\"t\":\"2026-11-22T21:30:00.000Z\",\"ev\":\"license.suspended\","
                        + "\"actor\":\"op:reviewer-1\",\"lic\":\"lic_7Q2M4\",\"amount\":7,\"why\":\"spam wave\","
                        + "\"prev\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\","
                        + "\"h\":\"sha256:"),
                line);
        assertTrue(line.endsWith("\"}\n"), line);
    }

    @Test
    void log_openedAgain_goesOnWhereItWas() throws IOException {
        Checkpoint before = SampleLog.write(file, 2);
        List<AuditEntry> read = new ArrayList<>();
        clock.pass(Duration.ofDays(1));
        try (AuditLog log = AuditLog.open(file, clock, read::add)) {
            assertEquals(2, read.size());
            assertEquals(before, log.checkpoint().orElseThrow());

            AuditEntry third =
                    log.append(List.of(SampleLog.draft("again")), log.time()).get(0);

            assertEquals(3, third.seq());
            assertEquals(before.hash(), third.previous());
            assertEquals(third, SampleLog.read(file).get(2));
        }
    }

    @Test
    void log_thatSomebodyWrites_isOpenToNobodyElse() throws IOException {
        try (AuditLog first = AuditLog.open(file, clock, AuditReader.NONE)) {
            first.append(List.of(SampleLog.draft("one")), first.time());

            LogInUseException failure =
                    assertThrows(LogInUseException.class, () -> AuditLog.open(file, clock, AuditReader.NONE));

            assertTrue(String.valueOf(failure.getMessage()).contains(file.toString()));
            assertEquals(1, SampleLog.read(file).size());
        }
        AuditLog.open(file, clock, AuditReader.NONE).close();
    }

    @Test
    void log_isReadableByItsOwnerAlone() throws IOException {
        SampleLog.write(file, 1);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void append_onAFullDisk_leavesTheLogAsItWas_andGoesOnOnceThereIsRoom() throws IOException {
        SampleLog.write(file, 2);
        byte[] before = Files.readAllBytes(file);
        clock.pass(Duration.ofDays(1));
        try (FullDisk disk = new FullDisk(channel());
                AuditLog log = started(disk)) {
            for (int room = 0; room < 250; room += 37) {
                disk.room(room);
                IOException failure = assertThrows(
                        IOException.class, () -> log.append(List.of(SampleLog.draft("lost")), clock.instant()));

                assertTrue(String.valueOf(failure.getMessage()).contains("No space left"), failure::toString);
                assertArrayEquals(before, Files.readAllBytes(file));
            }
            disk.room(Long.MAX_VALUE);
            log.append(List.of(SampleLog.draft("kept")), log.time());
        }
        assertEquals(3, SampleLog.read(file).size());
    }

    @Test
    void append_thatCannotBeTakenBack_isTheLastUntilTheLogIsOpenedAgain() throws IOException {
        SampleLog.write(file, 2);
        clock.pass(Duration.ofDays(1));
        try (FullDisk disk = new FullDisk(channel());
                AuditLog log = started(disk)) {
            disk.room(100);
            disk.truncates(false);
            assertThrows(IOException.class, () -> log.append(List.of(SampleLog.draft("lost")), clock.instant()));
            disk.room(Long.MAX_VALUE);

            assertThrows(IOException.class, () -> log.append(List.of(SampleLog.draft("next")), clock.instant()));
        }

        AuditLog.open(file, clock, AuditReader.NONE).close();

        List<AuditEntry> entries = SampleLog.read(file);
        assertEquals(3, entries.size());
        assertEquals("log.repaired", entries.get(2).event());
    }

    @Test
    void append_ofSeveral_writesAllOrNone() throws IOException {
        try (AuditLog log = AuditLog.open(file, clock, AuditReader.NONE)) {
            List<AuditDraft> drafts = List.of(SampleLog.draft("one"), SampleLog.draft("x".repeat(16_384)));

            assertThrows(IllegalArgumentException.class, () -> log.append(drafts, log.time()));

            assertEquals(0, Files.size(file));
        }
    }

    @Test
    void clockThatWasSetRight_isWaitedFor_andOneThatIsWrongIsRefused() throws IOException {
        try (AuditLog log = AuditLog.open(file, clock, AuditReader.NONE)) {
            AuditEntry first =
                    log.append(List.of(SampleLog.draft("one")), log.time()).get(0);
            clock.pass(Duration.ofMinutes(-1));
            assertEquals(first.time(), log.time());
            clock.pass(Duration.ofMillis(-1));

            assertThrows(IOException.class, log::time);
        }
    }

    @Test
    void draft_withAUsersAddress_isRefused() {
        AuditDraft known = new AuditDraft("login.refused", Obj.EMPTY.with("user", Json.of("hmac:" + "a".repeat(22))));

        assertEquals("login.refused", known.event());
        assertThrows(
                IllegalArgumentException.class,
                () -> new AuditDraft("login.refused", Obj.EMPTY.with("user", Json.of("alice@net.example"))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new AuditDraft("login.refused", Obj.EMPTY.with("h", Json.of("forged"))));
        assertThrows(IllegalArgumentException.class, () -> new AuditDraft("Login Refused", Obj.EMPTY));
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private AuditLog started(FileChannel channel) throws IOException {
        AuditLog log = new AuditLog(channel, clock);
        log.start(AuditReader.NONE);
        return log;
    }
}
