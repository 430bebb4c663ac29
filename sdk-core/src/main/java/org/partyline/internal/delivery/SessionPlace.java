package org.partyline.internal.delivery;

/**
 * Where in what a session counts a message stands.
 *
 * @param session the name of the session, or an empty text for none that another process could go on with
 * @param count what the server counts when it has the message
 */
public record SessionPlace(String session, int count) {
    /** In no session that another process could go on with. */
    public static final SessionPlace NONE = new SessionPlace("", 0);
}
