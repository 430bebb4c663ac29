package org.partyline.testkit.internal.sasl;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;

/**
 * What a mechanism is told of the connection that it runs on.
 *
 * @param domain the domain that is signed in to
 * @param users the domain's accounts
 * @param certified the addresses that the client's certificate names
 * @param from whom the client's stream header claims to be, or null
 * @param offer what is offered on the connection
 * @param fast what came with a token, or null if no token is used
 */
public record SaslContext(
        String domain,
        UserStore users,
        List<String> certified,
        @Nullable Address from,
        SaslOffer offer,
        @Nullable FastAttempt fast) {

    /**
     * Nobody acts for another account here: a client that asks to is not let in as itself (RFC 6120 section 6.3.8), nor as
     * somebody else than its stream header says (XEP-0388 section 2.3).
     */
    void requireOwn(String authzid, String user) throws SaslFailure {
        if (authzid.isEmpty()) {
            return;
        }
        Address own = Address.bare(user, domain);
        if (!own.equals(Address.parse(authzid)) || (from != null && !own.equals(from.bare()))) {
            throw new SaslFailure("invalid-authzid");
        }
    }
}
