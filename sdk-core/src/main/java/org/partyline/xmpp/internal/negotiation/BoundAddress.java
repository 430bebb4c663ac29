package org.partyline.xmpp.internal.negotiation;

import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.address.JidFormatException;
import org.partyline.error.AuthenticationFailedException;

/** Reads the address that a server says a session is for. */
final class BoundAddress {
    private BoundAddress() {}

    /** {@return the address, or null when it is none or another account's: the negotiation has failed then} */
    static @Nullable Jid read(Negotiation negotiation, @Nullable String text) {
        if (text == null) {
            negotiation.violation("the server named no address");
            return null;
        }
        Jid self;
        try {
            self = Jid.parse(text);
        } catch (JidFormatException e) {
            negotiation.violation("the server named what is no address");
            return null;
        }
        Jid account = negotiation.settings().account();
        boolean same = account.local() == null
                ? self.domain().equals(account.domain())
                : self.bare().equals(account);
        if (!same) {
            // Whoever this session is for, it is not the one who signed in: nothing of it may be believed.
            negotiation.fail(new AuthenticationFailedException(
                    null, "bind-mismatch", "the server named the address of another account", null, false));
            return null;
        }
        return self;
    }
}
