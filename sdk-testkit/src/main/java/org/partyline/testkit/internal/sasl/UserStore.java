package org.partyline.testkit.internal.sasl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the mechanisms ask about the accounts of one domain. */
public interface UserStore {

    /** {@return the password, or null if there is no such account or it has none} */
    @Nullable
    String password(String user);

    /** {@return whether there is such an account} */
    boolean exists(String user);

    /** {@return the salted keys of an account's password, or null if there is no such account} */
    @Nullable
    ScramKeys scramKeys(String user, ScramHash hash);

    /** {@return the tokens that an installation may use for an account, the newest first; also those whose time is over} */
    List<FastToken> tokens(String user, String client);

    /** A token was used, so that those before it are no longer valid (XEP-0484 section 3.4). */
    void tokenUsed(String user, String client, FastToken token);

    /** {@return whether a token of OAuth 2.0 lets this user in} */
    boolean isBearer(String user, String token);

    /** {@return the name of a new account without a password} */
    String createAnonymous();
}
