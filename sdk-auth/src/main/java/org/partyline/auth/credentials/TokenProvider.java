package org.partyline.auth.credentials;

import java.util.concurrent.CompletionStage;

/** Gets bearer tokens for an application: from its own sign-in, a file, an authorization server. */
@FunctionalInterface
public interface TokenProvider {

    /**
     * Gets a token that is good for some time from now. Called on a worker thread, never on an event loop, and never
     * again before the stage it gave is complete, however many clients share the credentials. A sign-in waits for it at
     * most 20 seconds.
     *
     * @return completes with a token; if it fails, sign-in fails, and tells the exception's class but not its message
     */
    CompletionStage<AccessToken> token();
}
