package org.partyline.store.file;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.store.AccountStore;
import org.partyline.store.Store;
import org.partyline.store.StoreLoss;

/**
 * A store in files of one directory, on H2's MVStore. The application has to have {@code com.h2database:h2-mvstore} on its
 * class or module path.
 *
 * <p>Each account has two files, written one after the other and each forced to the disk, and a lock file beside them. A file that
 * is damaged is set aside and made anew from the other. Files can be read by their owner alone, where the file system knows
 * owners. The names of the files do not tell the account.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class FileStore implements Store {
    private static final int KEY_BYTES = 32;

    private final Path directory;
    private final @Nullable Supplier<byte[]> key;
    private final Consumer<StoreLoss> losses;

    private FileStore(Path directory, @Nullable Supplier<byte[]> key, Consumer<StoreLoss> losses) {
        this.directory = directory;
        this.key = key;
        this.losses = losses;
    }

    /**
     * {@return a store in a directory. Nothing is read or made before an account is opened}
     *
     * @param directory the directory; made when it is first needed, for its owner alone
     */
    public static FileStore in(Path directory) {
        return new FileStore(Objects.requireNonNull(directory, "directory"), null, loss -> {});
    }

    /**
     * {@return this store with its records encrypted (AES-256-GCM, a fresh nonce for each), the names of records included. The
     * number of records and their sizes stay visible}
     *
     * @param key gives the key, 32 bytes that nobody can guess; called when an account is opened, its answer is overwritten
     *     after use
     */
    public FileStore encrypted(Supplier<byte[]> key) {
        return new FileStore(directory, Objects.requireNonNull(key, "key"), losses);
    }

    /**
     * {@return this store, telling what of it was found damaged}
     *
     * @param listener called by the thread that opens the account, before it is open. What it throws, opening throws
     */
    public FileStore onLoss(Consumer<StoreLoss> listener) {
        return new FileStore(directory, key, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the key has another length
     * @throws IllegalStateException if MVStore is not there
     */
    @Override
    public AccountStore open(Jid account) {
        requireLibrary();
        RecordFormat format = format();
        AccountDirectory files = AccountDirectory.open(directory, account.bare());
        try {
            return MirroredRecords.open(files, format, losses);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static void requireLibrary() {
        try {
            Class.forName("org.h2.mvstore.MVStore");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "a FileStore needs com.h2database:h2-mvstore, which is not on the class path", e);
        }
    }

    private RecordFormat format() {
        if (key == null) {
            return new ChecksummedRecords();
        }
        byte[] given = key.get();
        try {
            if (given.length != KEY_BYTES) {
                throw new IllegalArgumentException("the key has " + given.length + " bytes, not " + KEY_BYTES);
            }
            return new SealedRecords(given);
        } finally {
            Arrays.fill(given, (byte) 0);
        }
    }

    /** {@return a text without the key} */
    @Override
    public String toString() {
        return "FileStore[" + directory + (key == null ? "" : ", encrypted") + "]";
    }
}
