package org.partyline.examples.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.partyline.examples.operator.application.FormStore;
import org.partyline.examples.operator.audit.AuditLog;
import org.partyline.examples.operator.book.Actor;
import org.partyline.examples.operator.book.Book;
import org.partyline.examples.operator.book.Ledger;
import org.partyline.examples.operator.files.PrivateFiles;

/**
 * The directory that the operator's books lie in.
 *
 * @param directory the directory
 */
record Home(Path directory) {

    private Path log() {
        return directory.resolve("audit.jsonl");
    }

    FormStore forms() {
        return new FormStore(directory.resolve("applications"));
    }

    /** Makes the directory, and begins the log. */
    void begin(String network, Actor actor, Clock clock) throws IOException {
        if (Files.isDirectory(directory) && !isNew()) {
            throw new IOException(directory + " is there, and not empty; name another with --home");
        }
        PrivateFiles.directory(directory);
        try (Ledger ledger = Ledger.open(log(), clock)) {
            ledger.begin(network, actor);
        }
    }

    /** {@return the books, for writing} */
    Ledger open(Clock clock) throws IOException {
        return Ledger.open(begun(), clock);
    }

    /** {@return the books, for reading; a writer may be at work meanwhile} */
    Book read() throws IOException {
        Book book = new Book();
        AuditLog.read(begun(), book);
        return book;
    }

    /** Also where {@code init} was cut off before it wrote a line. */
    private boolean isNew() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!file.equals(log()) || Files.size(file) > 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@return the log, if there is one} */
    Path begun() throws IOException {
        if (Files.notExists(log()) || Files.size(log()) == 0) {
            throw new IOException("there are no books in " + directory
                    + "; ./partyline operator init makes some, and --home DIR names others");
        }
        return log();
    }
}
