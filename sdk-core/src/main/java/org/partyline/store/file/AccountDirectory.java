package org.partyline.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one account: made for their owner alone, and locked against a second writer. */
final class AccountDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccountDirectory.class);
    private static final int NAME_BYTES = 16;
    private static final int MOST_SET_ASIDE = 16;
    /**
     * Locks of this process. It asks here first: closing any channel of a file lets go of all locks that the process has on it,
     * on many systems.
     */
    private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

    private final Jid account;
    private final Path directory;
    private final String name;
    private final boolean posix;
    private @Nullable FileChannel lockFile;
    private @Nullable Path locked;

    private AccountDirectory(Jid account, Path directory) {
        this.account = account;
        this.directory = directory;
        this.name = nameOf(account);
        this.posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * {@return the locked files}
     *
     * @throws StoreException if they cannot be made, or are in use
     */
    static AccountDirectory open(Path directory, Jid account) {
        AccountDirectory files = new AccountDirectory(account, directory);
        try {
            Files.createDirectories(directory, files.permissions("rwx------"));
            files.lock();
        } catch (StoreException e) {
            files.close();
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            files.close();
            throw new StoreException(
                    "open the store",
                    StoreException.Reason.NOT_ACCESSIBLE,
                    "cannot make or open files in " + directory + ": " + e,
                    e);
        }
        return files;
    }

    private void lock() throws IOException {
        Path path = directory.toRealPath().resolve(name + ".lock");
        if (!LOCKED.add(path)) {
            throw inUse(path);
        }
        locked = path;
        create(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        lockFile = channel;
        if (channel.tryLock() == null) {
            throw inUse(path);
        }
    }

    private StoreException inUse(Path path) {
        return new StoreException(
                "open the store",
                StoreException.Reason.IN_USE,
                account + " is open in another client, of this process or of another: " + path,
                null);
    }

    Jid account() {
        return account;
    }

    /** {@return the path of one of the two copies} */
    Path copy(int number) {
        return directory.resolve(name + "." + (char) ('a' + number) + ".partyline");
    }

    /** Makes an empty file, if there is none. */
    void create(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, permissions("rw-------"));
            force();
        }
    }

    /** Deletes a file, if it is there. */
    void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
        force();
    }

    /** Puts a file where nobody will write to it. {@return where} */
    Path setAside(Path path) throws IOException {
        Path to = path;
        for (int i = 1; i <= MOST_SET_ASIDE; i++) {
            to = path.resolveSibling(path.getFileName() + ".damaged-" + i);
            if (!Files.exists(to)) {
                break;
            }
        }
        // The last of them is overwritten again and again, so that a disk that damages everything is not filled too.
        Files.move(path, to, StandardCopyOption.REPLACE_EXISTING);
        force();
        return to;
    }

    /** Forces the directory itself to the disk, so that a file that was made is there after the power failed. */
    private void force() throws IOException {
        if (posix) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private FileAttribute<?>[] permissions(String text) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    /** Accounts are longer than names of files may be, and hold characters that those may not. */
    private static String nameOf(Jid account) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(account.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        FileChannel channel = lockFile;
        lockFile = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("the lock of a store could not be let go of: {}", e.toString());
            }
        }
        Path path = locked;
        locked = null;
        if (path != null) {
            LOCKED.remove(path);
        }
    }
}
