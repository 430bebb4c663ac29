package org.partyline.message;

/** What a message is for (RFC 6121 section 5.2.2). */
public enum MessageType {
    /** Part of a one-to-one conversation. */
    CHAT,
    /** A single message outside a conversation. */
    NORMAL,
    /** An alert that nobody answers; never stored for later. */
    HEADLINE,
    /** From a room. */
    GROUPCHAT
}
