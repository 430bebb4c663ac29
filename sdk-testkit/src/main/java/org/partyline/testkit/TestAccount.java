package org.partyline.testkit;

import java.util.Objects;

/**
 * An account on a {@link TestNetwork}.
 *
 * @param username the local part of its address
 * @param domain the domain
 * @param password the password; left out of {@link #toString()}
 */
public record TestAccount(String username, String domain, String password) {

    /** Checks that nothing is null. */
    public TestAccount {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(password, "password");
    }

    /** {@return the bare address, {@code username@domain}} */
    public String jid() {
        return username + "@" + domain;
    }

    /** {@return the address, without the password} */
    @Override
    public String toString() {
        return "TestAccount[" + jid() + "]";
    }
}
