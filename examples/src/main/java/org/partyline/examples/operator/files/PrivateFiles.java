package org.partyline.examples.operator.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files (0600) and directories (0700), where the file system knows owners; and makes sure of them. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /**
     * Makes a directory, unless it is there.
     *
     * @param directory the directory
     * @throws IOException if that fails
     */
    public static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, attributes(directory, "rwx------"));
        }
    }

    /**
     * {@return a file, opened; made if {@code options} says so}
     *
     * @param file the file
     * @param options how it is opened
     * @throws IOException if that fails
     */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), attributes(file, "rw-------"));
    }

    /**
     * Writes a file that is there wholly or not at all, even after a power cut. For one writer: who holds the log.
     *
     * @param file the file, which must not be there
     * @param bytes what is in it
     * @throws FileAlreadyExistsException if it is there
     * @throws IOException if it could not be written; then it is not there
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path half = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel out = open(
                    half, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(half);
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
        forceName(file);
    }

    /**
     * {@return what is in a file}
     *
     * @param file the file
     * @param most how many bytes it may have
     * @throws IOException if it cannot be read, or has more
     */
    public static byte[] read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new FileSystemException(file.toString(), null, "it has more than " + most + " bytes");
            }
            return bytes;
        }
    }

    /**
     * Makes the name of a new file as lasting as what is in it. Not every file system has that, or needs it.
     *
     * @param file the file
     */
    public static void forceName(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            // Windows opens no directory; its file systems log names by themselves.
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
