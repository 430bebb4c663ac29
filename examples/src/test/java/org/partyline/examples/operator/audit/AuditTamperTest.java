package org.partyline.examples.operator.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a log, the first line that it was done to is named. */
class AuditTamperTest {
    private static final int LINES = 5;

    @TempDir
    private Path directory;

    private Path file = Path.of("");
    private byte[] bytes = {};
    private List<String> lines = List.of();
    private Checkpoint last = new Checkpoint(0, "");

    @BeforeEach
    void writeLog() throws IOException {
        file = directory.resolve("audit.jsonl");
        last = SampleLog.write(file, LINES);
        bytes = Files.readAllBytes(file);
        lines = Files.readAllLines(file);
    }

    @Test
    void log_asWritten_isInOrder() throws IOException {
        assertEquals(Optional.of(last), AuditLog.verify(file, null, AuditReader.NONE));
        assertEquals(Optional.of(last), AuditLog.verify(file, last, AuditReader.NONE));
        assertEquals(LINES, lines.size());
    }

    @Test
    @DisplayName("C27 a byte that is changed, wherever, breaks its line")
    void byteChanged_breaksItsLine() {
        for (int i = 0; i < bytes.length; i++) {
            for (byte other :
                    new byte[] {(byte) (bytes[i] ^ 1), (byte) (bytes[i] ^ ' '), 0, '\n', ' ', '"', '}', '0', (byte) 0xff
                    }) {
                if (other != bytes[i]) {
                    byte[] edited = bytes.clone();
                    edited[i] = other;
                    assertBroken(lineOf(i), edited, "byte " + i + " made " + other);
                }
            }
        }
    }

    @Test
    @DisplayName("C27 a byte that is taken out breaks its line")
    void byteTakenOut_breaksItsLine() throws IOException {
        for (int i = 0; i < bytes.length; i++) {
            ByteArrayOutputStream edited = new ByteArrayOutputStream();
            edited.write(bytes, 0, i);
            edited.write(bytes, i + 1, bytes.length - i - 1);
            assertBroken(lineOf(i), edited.toByteArray(), "byte " + i + " taken out");
        }
    }

    @Test
    @DisplayName("C27 a byte that is put in breaks the line that it is in")
    void bytePutIn_breaksTheLine() throws IOException {
        for (int i = 0; i <= bytes.length; i++) {
            for (byte other : new byte[] {' ', '\n', '0', 'a', '"', 0, '\r', '\\'}) {
                ByteArrayOutputStream edited = new ByteArrayOutputStream();
                edited.write(bytes, 0, i);
                edited.write(other);
                edited.write(bytes, i, bytes.length - i);
                // One line end more, beside another, is an empty line after the one before.
                boolean empty = other == '\n' && i < bytes.length && bytes[i] == '\n';
                assertBroken(lineOf(i) + (empty ? 1 : 0), edited.toByteArray(), other + " put in before byte " + i);
            }
        }
    }

    @Test
    @DisplayName("C27 a line that is deleted, moved, doubled or exchanged is named")
    void lineMoved_isNamed() {
        for (int i = 0; i < LINES; i++) {
            if (i < LINES - 1) {
                List<String> deleted = new ArrayList<>(lines);
                deleted.remove(i);
                assertBroken(i + 1, text(deleted), "line deleted");
            }
            List<String> doubled = new ArrayList<>(lines);
            doubled.add(i, lines.get(i));
            assertBroken(i + 2, text(doubled), "line doubled");
            for (int j = i + 1; j < LINES; j++) {
                List<String> swapped = new ArrayList<>(lines);
                Collections.swap(swapped, i, j);
                assertBroken(i + 1, text(swapped), "lines swapped");
            }
        }
    }

    @Test
    @DisplayName("C27 lines missing at the end are found by a checkpoint, and by nothing else")
    void linesMissingAtTheEnd_areFoundByACheckpoint() throws IOException {
        for (int kept = 1; kept < LINES; kept++) {
            Files.write(file, text(lines.subList(0, kept)));

            AuditLog.verify(file, null, AuditReader.NONE);
            BrokenLogException found =
                    assertThrows(BrokenLogException.class, () -> AuditLog.verify(file, last, AuditReader.NONE));

            assertEquals(kept + 1, found.line());
        }
    }

    @Test
    @DisplayName("C27 a log that was written anew from some line on is found by a checkpoint")
    void logWrittenAnew_isFoundByACheckpoint() throws IOException {
        Files.write(file, text(lines.subList(0, 2)));
        try (AuditLog log = AuditLog.open(file, Clock.systemUTC(), AuditReader.NONE)) {
            for (int i = 2; i < LINES; i++) {
                log.append(List.of(SampleLog.draft("nothing happened")), log.time());
            }
        }

        AuditLog.verify(file, null, AuditReader.NONE);
        BrokenLogException found =
                assertThrows(BrokenLogException.class, () -> AuditLog.verify(file, last, AuditReader.NONE));

        assertEquals(LINES, found.line());
    }

    @Test
    void writerOpeningALogWhoseLastLineWasEdited_takesNothingAway() throws IOException {
        for (int i = bytes.length - lines.get(LINES - 1).length() - 1; i < bytes.length; i++) {
            byte[] edited = bytes.clone();
            edited[i] ^= 1;
            Files.write(file, edited);

            assertThrows(
                    BrokenLogException.class,
                    () -> AuditLog.open(file, Clock.systemUTC(), AuditReader.NONE),
                    "byte " + i);
            assertEquals(bytes.length, Files.size(file));
        }
    }

    private static void assertBroken(int line, byte[] edited, String what) {
        BrokenLogException found = assertThrows(
                BrokenLogException.class,
                () -> AuditLog.verify(new ByteArrayInputStream(edited), null, AuditReader.NONE),
                what);
        assertEquals(line, found.line(), what);
    }

    /** {@return the number of the line that a byte is in; a line's end is in it} */
    private int lineOf(int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static byte[] text(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
