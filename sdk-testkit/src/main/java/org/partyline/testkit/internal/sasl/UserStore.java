package org.partyline.testkit.internal.sasl;

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

    /** {@return the name of a new account without a password} */
    String createAnonymous();
}
