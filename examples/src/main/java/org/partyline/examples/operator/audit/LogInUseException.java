package org.partyline.examples.operator.audit;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another part of this one, writes to the log. */
public final class LogInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    LogInUseException(Path file) {
        super("another process is writing to " + file);
    }
}
