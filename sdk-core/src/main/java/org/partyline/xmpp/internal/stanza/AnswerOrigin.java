package org.partyline.xmpp.internal.stanza;

import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.address.JidFormatException;

/**
 * Says whether an answer comes from where its request went (RFC 6120 section 8.1.2.1). Servers answer for an account in
 * several ways, all of which only they can use: they stamp {@code from} on what others send.
 */
public final class AnswerOrigin {
    private AnswerOrigin() {}

    /**
     * {@return whether the answer is to be believed}
     *
     * @param to whom the request went to, or null for the account's own server
     * @param from the answer's {@code from}, or null if it has none
     * @param account the account's bare address
     * @param self this device's full address, or null before binding
     */
    public static boolean accepts(@Nullable Jid to, @Nullable String from, Jid account, @Nullable Jid self) {
        boolean toServer = to == null
                || to.equals(account)
                || to.equals(self)
                || (to.local() == null && to.resource() == null && to.domain().equals(account.domain()));
        if (from == null) {
            return toServer;
        }
        Jid sender;
        try {
            sender = Jid.parse(from);
        } catch (JidFormatException e) {
            return false;
        }
        if (to != null && sender.equals(to)) {
            return true;
        }
        // On behalf of the account a server may answer as the account, as this device, or as itself.
        boolean forAccount = to == null || to.equals(account);
        boolean asServer = sender.local() == null
                && sender.resource() == null
                && sender.domain().equals(account.domain());
        return forAccount && (sender.equals(account) || sender.equals(self) || asServer);
    }
}
