package org.partyline.examples.operator.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymsTest {
    private static final Instant NOVEMBER = Instant.parse("2026-11-30T23:59:59Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final String ALICE = "alice@net.example";

    @TempDir
    private Path directory;

    @Test
    void pseudonym_isTheSameWithinAMonth_andAnotherInTheNext() throws IOException {
        Pseudonyms names = new Pseudonyms(directory.resolve("keys"));

        String november = names.of(ALICE, NOVEMBER);

        assertTrue(Pseudonyms.isPseudonym(november), november);
        assertEquals(november, names.of(ALICE, Instant.parse("2026-11-01T00:00:00Z")));
        assertEquals(november, new Pseudonyms(directory.resolve("keys")).of(ALICE, NOVEMBER));
        assertNotEquals(november, names.of(ALICE, DECEMBER));
        assertNotEquals(november, names.of("bob@net.example", NOVEMBER));
        assertNotEquals(november, new Pseudonyms(directory.resolve("others")).of(ALICE, NOVEMBER));
    }

    @Test
    void pseudonym_onceItsMonthsKeyIsGone_cannotBeMadeAgain() throws IOException {
        Pseudonyms names = new Pseudonyms(directory);
        String before = names.of(ALICE, NOVEMBER);

        Files.delete(directory.resolve("users-2026-11.key"));

        assertNotEquals(before, names.of(ALICE, NOVEMBER));
    }

    @Test
    void key_isItsOwnersAlone_andWhole() throws IOException {
        Pseudonyms names = new Pseudonyms(directory);
        names.of(ALICE, NOVEMBER);
        Path key = directory.resolve("users-2026-11.key");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));

        Files.write(key, new byte[31]);

        assertThrows(IOException.class, () -> names.of(ALICE, NOVEMBER));
    }
}
