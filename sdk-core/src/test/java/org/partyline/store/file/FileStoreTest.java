package org.partyline.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;
import org.partyline.error.StoreException;
import org.partyline.store.AccountStore;
import org.partyline.store.Store;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreLoss;

/** A store in files: what is committed is there again, whatever happened to one of the files. */
class FileStoreTest {
    static final Jid JULIET = Jid.parse("juliet@capulet.example");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    @TempDir
    Path directory;

    private Store store(boolean sealed) {
        FileStore store = FileStore.in(directory);
        return sealed ? store.encrypted(KEY::clone) : store;
    }

    static StoreChange put(String key, String value) {
        return StoreChange.put("outbox", key, value.getBytes(UTF_8));
    }

    static Map<String, String> all(Store store) {
        try (AccountStore records = store.open(JULIET)) {
            return all(records);
        }
    }

    static Map<String, String> all(AccountStore records) {
        Map<String, String> all = new TreeMap<>();
        records.readAll(record -> all.put(record.table() + "/" + record.key(), new String(record.value(), UTF_8)));
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private List<Path> copies() throws IOException {
        return files().stream()
                .filter(path -> path.toString().endsWith(".partyline"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasCommitted_isThereAgain(boolean sealed) {
        try (AccountStore records = store(sealed).open(JULIET)) {
            assertTrue(records.isDurable());
            records.commit(List.of(put("1", "one"), put("2", "two"), put("3", "three")));
            records.commit(List.of(put("2", "zwei"), StoreChange.remove("outbox", "3"), put("2", "deux")));
            assertEquals(Map.of("outbox/1", "one", "outbox/2", "deux"), all(records));
        }
        assertEquals(Map.of("outbox/1", "one", "outbox/2", "deux"), all(store(sealed)));
    }

    @Test
    void accounts_areKeptApart() {
        try (AccountStore juliet = store(false).open(JULIET);
                AccountStore romeo = store(false).open(Jid.parse("romeo@montague.example"))) {
            juliet.commit(List.of(put("1", "hers")));
            romeo.commit(List.of(put("1", "his")));
        }
        assertEquals(Map.of("outbox/1", "hers"), all(store(false)));
    }

    @Test
    void secondWriter_isRefused_andTheFirstKeepsItsLock() throws Exception {
        try (AccountStore records = store(false).open(JULIET)) {
            for (int i = 0; i < 2; i++) {
                StoreException refused =
                        assertThrows(StoreException.class, () -> store(false).open(JULIET));
                assertEquals(StoreException.Reason.IN_USE, refused.reason());
                assertTrue(String.valueOf(refused.getMessage()).contains("juliet@capulet.example"), refused::toString);
            }
            assertEquals("IN_USE", inAnotherProcess("", "open"));
            records.commit(List.of(put("1", "one")));
        }
        assertEquals("done", inAnotherProcess("", "open"));
    }

    @Test
    void files_areTheOwnersAlone() throws IOException {
        Path inside = directory.resolve("deep").resolve("inside");
        FileStore.in(inside).open(JULIET).close();

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(inside)));
        try (Stream<Path> made = Files.list(inside)) {
            List<Path> paths = made.toList();
            assertEquals(3, paths.size());
            for (Path path : paths) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
                assertFalse(path.toString().contains("juliet"));
            }
        }
    }

    @Test
    void sealed_showsNothing() throws IOException {
        try (AccountStore records = store(true).open(JULIET)) {
            records.commit(List.of(put("the-key-of-it", "wherefore art thou")));
        }
        for (Path copy : copies()) {
            String bytes = new String(Files.readAllBytes(copy), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains("wherefore"));
            assertFalse(bytes.contains("the-key-of-it"));
            assertFalse(bytes.contains("outbox"));
            assertFalse(bytes.contains("0123456789abcdef"));
        }
    }

    @Test
    void anotherKey_isToldFromDamage() {
        store(true).open(JULIET).close();
        try (AccountStore records = store(true).open(JULIET)) {
            records.commit(List.of(put("1", "one")));
        }
        byte[] other = new byte[32];
        for (Store wrong : List.of(FileStore.in(directory).encrypted(other::clone), store(false))) {
            StoreException refused = assertThrows(StoreException.class, () -> wrong.open(JULIET));
            assertEquals(StoreException.Reason.WRONG_KEY, refused.reason());
        }
        assertEquals(Map.of("outbox/1", "one"), all(store(true)));
    }

    @Test
    void keys_areWiped_andOfOneLength() {
        byte[] given = KEY.clone();
        FileStore.in(directory).encrypted(() -> given).open(JULIET).close();
        assertEquals(0, given[0] | given[31]);
        FileStore weak = FileStore.in(directory).encrypted(() -> new byte[16]);
        assertThrows(IllegalArgumentException.class, () -> weak.open(JULIET));
    }

    @Test
    void laterFormat_isRefused_andLeftAlone() throws IOException {
        try (AccountStore records = store(false).open(JULIET)) {
            records.commit(List.of(put("1", "one")));
        }
        for (Path copy : copies()) {
            RecordFile file = RecordFile.open(copy, new ChecksummedRecords());
            file.write(List.of(), 9, MirroredRecords.VERSION + 1);
            file.close();
        }
        StoreException refused =
                assertThrows(StoreException.class, () -> store(false).open(JULIET));
        assertEquals(StoreException.Reason.TOO_NEW, refused.reason());
        assertEquals(2, copies().size());
    }

    @Test
    void placeThatCannotBeMade_isNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        StoreException refused = assertThrows(
                StoreException.class, () -> FileStore.in(file.resolve("below")).open(JULIET));
        assertEquals(StoreException.Reason.NOT_ACCESSIBLE, refused.reason());
        assertTrue(String.valueOf(refused.getMessage()).contains("below"), refused::toString);
    }

    @Test
    void closed_takesNothing() {
        AccountStore records = store(false).open(JULIET);
        records.close();
        records.close();
        StoreException refused = assertThrows(StoreException.class, () -> records.commit(List.of(put("1", "one"))));
        assertEquals(StoreException.Reason.CLOSED, refused.reason());
        assertThrows(StoreException.class, () -> all(records));
    }

    /** The process ended between the two copies: what the first has was promised to nobody yet, but is not less than before. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void copyThatIsBehind_isBroughtUp(int behind) throws IOException {
        try (AccountStore records = store(false).open(JULIET)) {
            records.commit(List.of(put("1", "one"), put("2", "two")));
        }
        byte[] before = Files.readAllBytes(copies().get(behind));
        try (AccountStore records = store(false).open(JULIET)) {
            records.commit(List.of(StoreChange.remove("outbox", "1"), put("3", "three")));
        }
        Files.write(copies().get(behind), before);

        List<StoreLoss> losses = new ArrayList<>();
        Map<String, String> expected = Map.of("outbox/2", "two", "outbox/3", "three");
        assertEquals(expected, all(FileStore.in(directory).onLoss(losses::add)));
        assertEquals(List.of(), losses);
        Files.delete(copies().get(1 - behind));
        assertEquals(expected, all(store(false)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void copyThatIsGone_isMadeAnew(int gone) throws IOException {
        try (AccountStore records = store(false).open(JULIET)) {
            records.commit(List.of(put("1", "one")));
        }
        Files.delete(copies().get(gone));
        assertEquals(Map.of("outbox/1", "one"), all(store(false)));
        Files.delete(copies().get(1 - gone));
        assertEquals(Map.of("outbox/1", "one"), all(store(false)));
    }

    /** T-STO-1: every byte of a store of 100 records, one after the other. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void flippedByte_losesNothing_andIsReported(boolean sealed) throws IOException {
        Map<String, String> expected = new TreeMap<>();
        try (AccountStore records = store(sealed).open(JULIET)) {
            List<StoreChange> changes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                changes.add(put("key-" + i, "value " + i));
                expected.put("outbox/key-" + i, "value " + i);
            }
            records.commit(changes);
        }
        List<Path> copies = copies();
        byte[] first = Files.readAllBytes(copies.get(0));
        byte[] second = Files.readAllBytes(copies.get(1));
        int step = Integer.getInteger("partyline.flip.step", 37);
        int reported = 0;
        for (int copy = 0; copy < 2; copy++) {
            byte[] whole = copy == 0 ? first : second;
            for (int at = copy; at < whole.length; at += step) {
                Files.write(copies.get(0), first);
                Files.write(copies.get(1), second);
                byte[] bytes = whole.clone();
                bytes[at] ^= (byte) (1 << (at % 8));
                Files.write(copies.get(copy), bytes);

                List<StoreLoss> losses = new ArrayList<>();
                FileStore store = FileStore.in(directory).onLoss(losses::add);
                int place = at;
                assertEquals(expected, all(sealed ? store.encrypted(KEY::clone) : store), () -> "flipped at " + place);
                for (StoreLoss loss : losses) {
                    assertEquals(0, loss.recordsLost());
                    assertEquals(JULIET, loss.account());
                    Files.delete(loss.setAside());
                    reported++;
                }
            }
        }
        assertTrue(reported > 10, "damage was reported " + reported + " times");
    }

    @Test
    void damagedFiles_areKeptUpToABound() throws IOException {
        try (AccountStore records = store(false).open(JULIET)) {
            records.commit(List.of(put("1", "one")));
        }
        for (int i = 0; i < 18; i++) {
            Files.write(copies().get(0), new byte[5_000]);
            assertEquals(Map.of("outbox/1", "one"), all(store(false)));
        }
        assertEquals(
                16,
                files().stream()
                        .filter(path -> path.toString().contains(".damaged-"))
                        .count());
    }

    @Test
    void bothDamaged_startsAnew_andSaysThatNobodyKnowsWhatWasLost() throws IOException {
        try (AccountStore records = store(false).open(JULIET)) {
            records.commit(List.of(put("1", "one")));
        }
        for (Path copy : copies()) {
            byte[] noise = new byte[(int) Files.size(copy)];
            Arrays.fill(noise, (byte) 0x5a);
            Files.write(copy, noise);
        }
        List<StoreLoss> losses = new ArrayList<>();
        try (AccountStore records = FileStore.in(directory).onLoss(losses::add).open(JULIET)) {
            assertEquals(Map.of(), all(records));
            records.commit(List.of(put("2", "two")));
        }
        assertEquals(
                List.of(-1, -1), losses.stream().map(StoreLoss::recordsLost).toList());
        assertEquals(Map.of("outbox/2", "two"), all(store(false)));
    }

    /** A disk that takes no more: the commit fails, all before it is there, and when there is room again it goes on. */
    @Test
    void fullDisk_failsTheCommit_andNothingElse() throws Exception {
        assertEquals("NOT_WRITTEN", inAnotherProcess("ulimit -f 400; ", "fill"));
        Map<String, String> left = all(store(false));
        assertFalse(left.isEmpty());
        assertEquals(left.size(), Integer.parseInt(Files.readString(directory.resolve("committed"))));
        try (AccountStore records = store(false).open(JULIET)) {
            records.commit(List.of(put("more", "goes on")));
        }
        assertEquals("goes on", all(store(false)).get("outbox/more"));
    }

    @Test
    void file_doesNotGrowWithTheNumberOfCommits() throws IOException {
        try (AccountStore records = store(false).open(JULIET)) {
            for (int i = 0; i < 2_000; i++) {
                records.commit(List.of(put("key", "value " + i)));
            }
        }
        for (Path copy : copies()) {
            assertTrue(Files.size(copy) < 1_000_000, copy + " has " + Files.size(copy));
        }
    }

    private String inAnotherProcess(String shell, String what) throws Exception {
        String command = shell + "exec '"
                + ProcessHandle.current().info().command().orElseThrow() + "' -cp '"
                + System.getProperty("java.class.path")
                + (System.getProperty("jdk.module.path") == null ? "" : ":" + System.getProperty("jdk.module.path"))
                + "' " + StoreProcess.class.getName() + " '" + directory + "' " + what;
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).trim();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
