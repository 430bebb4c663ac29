package org.partyline.message;

import org.partyline.address.Jid;

/**
 * A device of the receiver's has a message (XEP-0184).
 *
 * @param from the device
 * @param messageId the id of the message
 */
public record Receipt(Jid from, String messageId) {}
