package org.partyline.message;

/** What somebody is doing in a conversation (XEP-0085). */
public enum ChatState {
    /** Looking at the conversation. */
    ACTIVE,
    /** Writing. */
    COMPOSING,
    /** Was writing, and stopped. */
    PAUSED,
    /** Has not looked for a while. */
    INACTIVE,
    /** Has closed the conversation. */
    GONE
}
