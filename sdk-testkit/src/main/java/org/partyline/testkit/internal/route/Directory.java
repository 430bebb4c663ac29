package org.partyline.testkit.internal.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Address;

/** All domains that a network serves. */
public final class Directory {
    private final Map<String, Domain> domains = new LinkedHashMap<>();

    /** Makes a directory of these domains, which stay the same from then on. */
    public Directory(Collection<Domain> served) {
        served.forEach(domain -> domains.put(domain.name(), domain));
    }

    public Collection<Domain> domains() {
        return domains.values();
    }

    /** {@return a copy of the list of all accounts} */
    public List<Account> accounts() {
        List<Account> all = new ArrayList<>();
        domains.values().forEach(domain -> all.addAll(domain.accounts().values()));
        return all;
    }

    public @Nullable Domain domain(String name) {
        return domains.get(name);
    }

    /** {@return the account that an address belongs to, or null if there is none} */
    public @Nullable Account account(Address address) {
        Domain domain = domains.get(address.domain());
        return domain == null ? null : domain.account(address.local());
    }

    /** {@return the session that a full address names, or null} */
    public @Nullable Session session(Address address) {
        Account account = account(address);
        return account == null ? null : account.session(address.resource());
    }
}
