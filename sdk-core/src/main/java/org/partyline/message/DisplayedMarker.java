package org.partyline.message;

import org.partyline.address.Jid;

/**
 * The receiver was shown a message, and all before it (XEP-0333).
 *
 * @param from who says so
 * @param messageId the id of the message, which this client sent
 */
public record DisplayedMarker(Jid from, String messageId) {}
