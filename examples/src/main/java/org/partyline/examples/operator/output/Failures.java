package org.partyline.examples.operator.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what went wrong with a file, where Java gives its name alone. */
public final class Failures {
    private Failures() {}

    /** {@return what failed} */
    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException file) {
            return "there is no file " + file.getFile();
        }
        if (failure instanceof AccessDeniedException file) {
            return "no permission for " + file.getFile();
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        return String.valueOf(failure.getMessage());
    }
}
