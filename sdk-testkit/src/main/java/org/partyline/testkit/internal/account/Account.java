package org.partyline.testkit.internal.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.sasl.ScramHash;
import org.partyline.testkit.internal.sasl.ScramKeys;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.transport.xml.XmlElement;

/** One account. Belongs to the network's loop. */
public final class Account {
    private final Address address;
    private final Roster roster = new Roster();
    private final BlockList blockList = new BlockList();
    private final OfflineStore offline = new OfflineStore();
    private final Archive archive = new Archive();
    private final FaultPlan faults = new FaultPlan();
    private final FastTokens tokens = new FastTokens();
    /** Keys that the client made, for mechanisms that the server had none for (XEP-0480). */
    private final Map<ScramHash, ScramKeys> upgrades = new EnumMap<>(ScramHash.class);
    /** Requests for a subscription that nobody has answered, by who asks (RFC 6121 section 3.1.3). */
    private final Map<Address, XmlElement> requests = new LinkedHashMap<>();

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private @Nullable String password;
    private boolean temporary;
    private boolean sink;
    private long swallowed;

    /**
     * Makes an account.
     *
     * @param address the bare address
     * @param password the password, or null for none
     */
    public Account(Address address, @Nullable String password) {
        this.address = address;
        this.password = password;
    }

    public Address address() {
        return address;
    }

    public @Nullable String password() {
        return password;
    }

    public void password(@Nullable String password) {
        if (!Objects.equals(this.password, password)) {
            upgrades.clear();
            tokens.clear();
        }
        this.password = password;
    }

    public Roster roster() {
        return roster;
    }

    public BlockList blockList() {
        return blockList;
    }

    public OfflineStore offline() {
        return offline;
    }

    public Archive archive() {
        return archive;
    }

    /** {@return the requests for a subscription that are open, by who asks; no more than the roster has room for} */
    public Map<Address, XmlElement> requests() {
        return requests;
    }

    public FastTokens tokens() {
        return tokens;
    }

    /** {@return the keys that the client made of the password} */
    public Map<ScramHash, ScramKeys> upgrades() {
        return upgrades;
    }

    public FaultPlan faults() {
        return faults;
    }

    /** Makes a session; an older one of the same resource must have been ended. */
    public Session open(String resource, Wire wire) {
        Session session = new Session(this, resource, wire);
        sessions.put(resource, session);
        return session;
    }

    /** {@return whether the session was there to be ended} */
    public boolean close(Session session) {
        session.end();
        return sessions.remove(session.address().resource(), session);
    }

    public @Nullable Session session(String resource) {
        return sessions.get(resource);
    }

    /** {@return the sessions, also those without a connection that can be resumed} */
    public Collection<Session> sessions() {
        return sessions.values();
    }

    /** {@return a copy, to be walked through while sessions come and go} */
    public List<Session> sessionsNow() {
        return new ArrayList<>(sessions.values());
    }

    /** {@return whether the account ends with its last session (SASL ANONYMOUS)} */
    public boolean isTemporary() {
        return temporary;
    }

    public void makeTemporary() {
        temporary = true;
    }

    /** {@return whether messages to this account are counted and dropped} */
    public boolean isSink() {
        return sink;
    }

    public void makeSink() {
        sink = true;
    }

    public void swallow() {
        swallowed++;
    }

    public long swallowed() {
        return swallowed;
    }

    @Override
    public String toString() {
        return "Account[" + address + "]";
    }
}
