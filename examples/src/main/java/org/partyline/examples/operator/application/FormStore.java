package org.partyline.examples.operator.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.partyline.examples.operator.files.PrivateFiles;

/**
 * The applications that were handed in, each in a file named by its digest, which is what the log has of it. So the log
 * vouches for every form, and yet a form, with the names of people in it, can be deleted one day without breaking the log.
 */
public final class FormStore {
    private final Path directory;

    /**
     * Keeps the forms in a directory.
     *
     * @param directory the directory; made when the first form comes
     */
    public FormStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Keeps an application. Called before the log names it; what the log never came to name does no harm.
     *
     * @param application the application
     * @throws IOException if it cannot be written
     */
    public void keep(Application application) throws IOException {
        PrivateFiles.directory(directory);
        Path file = file(application.digest());
        if (Files.notExists(file)) {
            PrivateFiles.write(file, application.bytes());
        }
    }

    /**
     * {@return the application of a digest}
     *
     * @param digest the digest
     * @throws IOException if it is not there, or not what was handed in
     */
    public Application load(String digest) throws IOException {
        Path file = file(digest);
        try {
            Application application = Application.read(PrivateFiles.read(file, Application.mostBytes()));
            if (application.digest().equals(digest)) {
                return application;
            }
        } catch (NoSuchFileException e) {
            throw new IOException("the application that the log names is not there any more: " + file, e);
        } catch (InvalidApplicationException e) {
            throw new IOException(file + " is not what was handed in", e);
        }
        throw new IOException(file + " is not what was handed in");
    }

    private Path file(String digest) {
        return directory.resolve(digest.replace("sha256:", "") + ".json");
    }
}
