package org.partyline.testkit.internal.route;

import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** What a block list keeps from passing (XEP-0191 section 3.2). */
final class Blocks {
    /** Tells an account that it has itself blocked whom it writes to. */
    static final XmlElement BLOCKED = XmlElement.of(Ns.BLOCKING_ERRORS, "blocked");

    private Blocks() {}

    /** {@return whether the account keeps this peer from it, and itself from the peer} */
    static boolean between(Account account, Address peer) {
        return !peer.bare().equals(account.address()) && account.blockList().blocks(peer);
    }
}
