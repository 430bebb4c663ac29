package org.partyline.message;

import org.partyline.address.Jid;

/**
 * Somebody's chat state changed (XEP-0085).
 *
 * @param from who
 * @param state the state now
 */
public record ChatStateChange(Jid from, ChatState state) {}
