package org.partyline.internal.delivery;

/**
 * What the receiver of a message was asked to tell.
 *
 * @param receipt that a device of its has the message (XEP-0184)
 * @param displayed that it was shown the message (XEP-0333)
 */
public record Requests(boolean receipt, boolean displayed) {}
