package org.partyline.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.partyline.error.StoreException;
import org.partyline.store.AccountStore;
import org.partyline.store.StoreChange;

/** Another process that uses a store: opens it, or writes until the disk takes no more. */
final class StoreProcess {
    private static final int MOST = 10_000;

    private StoreProcess() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int committed = 0;
        try (AccountStore records = FileStore.in(directory).open(FileStoreTest.JULIET)) {
            while (args[1].equals("fill") && committed < MOST) {
                records.commit(List.of(StoreChange.put("outbox", "key " + committed, new byte[2_000])));
                committed++;
            }
            System.out.println("done");
        } catch (StoreException e) {
            System.out.println(e.reason());
        }
        Files.write(directory.resolve("committed"), Integer.toString(committed).getBytes(UTF_8));
    }
}
