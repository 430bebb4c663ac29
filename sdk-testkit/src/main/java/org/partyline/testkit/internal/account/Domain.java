package org.partyline.testkit.internal.account;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.sasl.FastToken;
import org.partyline.testkit.internal.sasl.ScramHash;
import org.partyline.testkit.internal.sasl.ScramKeys;
import org.partyline.testkit.internal.sasl.UserStore;
import org.partyline.testkit.internal.xmpp.Address;

/** A domain that the network serves, with its accounts and its own list of mechanisms. */
public final class Domain implements UserStore {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;
    /** Passwords whose keys are kept: accounts with the same password share salt and keys, so that a thousand start fast. */
    private static final int MAX_KEYS = 4_096;

    private final String name;
    private final List<String> mechanisms;
    private final Set<ScramHash> kept;
    private final int iterations;
    private final BiPredicate<String, String> bearers;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<KeysOf, ScramKeys> keys = new HashMap<>();
    private long anonymous;

    /**
     * Makes a domain without accounts.
     *
     * @param name its name
     * @param mechanisms the SASL mechanisms that it offers, in the order in which it lists them
     * @param keys for which hash functions it keeps keys of a password
     * @param iterations SCRAM's iteration count
     * @param bearers whether a token of OAuth 2.0 lets a user in
     */
    public Domain(
            String name,
            List<String> mechanisms,
            Set<ScramHash> keys,
            int iterations,
            BiPredicate<String, String> bearers) {
        this.name = name;
        this.mechanisms = List.copyOf(mechanisms);
        this.kept = Set.copyOf(keys);
        this.iterations = iterations;
        this.bearers = bearers;
    }

    public String name() {
        return name;
    }

    public List<String> mechanisms() {
        return mechanisms;
    }

    public @Nullable Account account(String user) {
        return accounts.get(user);
    }

    public Map<String, Account> accounts() {
        return accounts;
    }

    /** {@return the account, made now if there was none; its password is set anew} */
    public Account create(String user, @Nullable String password) {
        Address address = Address.bare(user, name);
        Account account = accounts.computeIfAbsent(address.local(), key -> new Account(address, password));
        account.password(password);
        return account;
    }

    public void remove(Account account) {
        accounts.remove(account.address().local(), account);
    }

    @Override
    public @Nullable String password(String user) {
        Account account = accounts.get(user);
        return account == null ? null : account.password();
    }

    @Override
    public boolean exists(String user) {
        return accounts.containsKey(user);
    }

    /**
     * {@return whether a client that claims to be this user can prove it by this hash function} Users that there are none of
     * are treated like those who never changed anything, so that nobody learns of them.
     */
    public boolean hasKeys(@Nullable String user, ScramHash hash) {
        Account account = user == null ? null : accounts.get(user);
        return kept.contains(hash) || (account != null && account.upgrades().containsKey(hash));
    }

    @Override
    public @Nullable ScramKeys scramKeys(String user, ScramHash hash) {
        Account account = accounts.get(user);
        String password = password(user);
        if (account == null || password == null) {
            return null;
        }
        ScramKeys upgraded = account.upgrades().get(hash);
        if (upgraded != null || !kept.contains(hash)) {
            return upgraded;
        }
        if (keys.size() >= MAX_KEYS) {
            keys.clear();
        }
        return keys.computeIfAbsent(
                new KeysOf(hash, password), of -> ScramKeys.derive(of.hash(), of.password(), newSalt(), iterations));
    }

    /** {@return a salt that was never used} */
    public static byte[] newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return salt;
    }

    public int iterations() {
        return iterations;
    }

    @Override
    public List<FastToken> tokens(String user, String client) {
        Account account = accounts.get(user);
        return account == null ? List.of() : account.tokens().of(client);
    }

    @Override
    public void tokenUsed(String user, String client, FastToken token) {
        Account account = accounts.get(user);
        if (account != null) {
            account.tokens().used(client, token);
        }
    }

    @Override
    public boolean isBearer(String user, String token) {
        return bearers.test(user, token);
    }

    @Override
    public String createAnonymous() {
        String user;
        do {
            user = "anonymous-" + ++anonymous;
        } while (accounts.containsKey(user));
        Account account = create(user, null);
        account.makeTemporary();
        return account.address().local();
    }

    private record KeysOf(ScramHash hash, String password) {
        @Override
        public String toString() {
            return "KeysOf[" + hash + ", ***]";
        }
    }
}
