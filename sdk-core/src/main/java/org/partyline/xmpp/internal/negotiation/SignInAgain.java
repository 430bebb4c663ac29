package org.partyline.xmpp.internal.negotiation;

/**
 * A quick way of signing in did not lead on, and another is left: on a new connection, for servers end this one's chances
 * with the first refusal. A way for control flow: it has no stack trace.
 */
public final class SignInAgain extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unwelcome;

    /**
     * @param unwelcome whether the stream ended because sign-in was begun before the server had offered it
     */
    SignInAgain(boolean unwelcome) {
        super("sign in again", null, false, false);
        this.unwelcome = unwelcome;
    }

    /** {@return whether the stream ended because sign-in was begun before the server had offered it} */
    public boolean wasUnwelcome() {
        return unwelcome;
    }
}
