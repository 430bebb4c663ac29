package org.partyline.xmpp.internal.session;

import java.util.concurrent.CompletionException;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.NotConnectedException;

/** Makes failures fit whom they are told. */
final class Failures {
    private Failures() {}

    /** The same failure, as that of one operation. */
    static ImException forOperation(String operation, ImException cause) {
        return cause instanceof ConnectionLostException lost
                ? new ConnectionLostException(operation, operation + ": the session ended", lost, lost.outcomeUnknown())
                : new NotConnectedException(operation);
    }

    /** What a future failed with, out of its wrapping. */
    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
