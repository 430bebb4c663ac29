package org.partyline.examples.operator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.partyline.examples.operator.application.Application;
import org.partyline.examples.operator.application.InvalidApplicationException;
import org.partyline.examples.operator.book.Submission;
import org.partyline.examples.operator.files.PrivateFiles;

/** Files that partners send. */
final class Forms {
    private Forms() {}

    /**
     * {@return the application in a file}
     *
     * @param name the file's name; {@code -} for standard input
     * @param in standard input
     */
    static Application read(String name, InputStream in) throws IOException, InvalidApplicationException {
        int most = Application.mostBytes();
        return Application.read(name.equals("-") ? in.readNBytes(most + 1) : bytes(name, most));
    }

    /** {@return what is in a file that has no more than so many bytes} */
    static byte[] bytes(String name, int most) throws IOException {
        try {
            return PrivateFiles.read(Path.of(name), most);
        } catch (InvalidPathException e) {
            throw new FileSystemException(name, null, "that is no name of a file");
        }
    }

    static Submission submission(Application application, String product) {
        return new Submission(application.organization(), product, application.digest(), application.thumbprints());
    }
}
