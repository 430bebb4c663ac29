package org.partyline.testkit.internal.account;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** What an account sent and got, in that order (XEP-0313 section 3). The oldest is forgotten first, and leaves no hole. */
public final class Archive {
    /** Messages that are kept. */
    public static final int MAX = 10_000;
    /** Characters that are kept, of all messages together; the latest message is kept in any case. */
    public static final int MAX_CHARS = 8 * 1024 * 1024;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;

    /**
     * A message in the archive.
     *
     * @param position its place: those of later messages are higher
     * @param id what clients name it by
     * @param stamp when it was archived
     * @param from who sent it
     * @param to whom it was sent to
     * @param message the message, without the id
     * @param origin the id that the account's own client gave to it, or null
     */
    public record Entry(
            long position,
            String id,
            Instant stamp,
            Address from,
            Address to,
            XmlElement message,
            @Nullable String origin) {}

    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    /** Ids that the account's own clients gave to what they sent, as far back as it is kept. */
    private final Set<String> origins = new HashSet<>();

    private long next;
    private long chars;

    /**
     * {@return the entry of a message that is archived now}
     *
     * @param from who sent it
     * @param to whom it was sent to
     * @param message the message
     * @param sent whether a client of the account's sent it
     */
    public Entry add(Address from, Address to, XmlElement message, boolean sent) {
        String origin = sent ? origin(message) : null;
        // What a client reads of a stamp is what it can ask by.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Entry entry = new Entry(next++, newId(), now, from, to, message, origin);
        if (origin != null) {
            origins.add(origin);
        }
        entries.put(entry.position(), entry);
        byId.put(entry.id(), entry);
        chars += chars(message);
        while (entries.size() > MAX || (chars > MAX_CHARS && entries.size() > 1)) {
            forgetOldest();
        }
        return entry;
    }

    private void forgetOldest() {
        Entry oldest = entries.pollFirstEntry().getValue();
        byId.remove(oldest.id());
        chars -= chars(oldest.message());
        if (oldest.origin() != null) {
            origins.remove(oldest.origin());
        }
    }

    /** {@return whether the account sent a message with the same origin id before, as far back as its messages are kept} */
    public boolean isRepeated(XmlElement message) {
        String origin = origin(message);
        return origin != null && origins.contains(origin);
    }

    private static @Nullable String origin(XmlElement message) {
        XmlElement origin = message.child(Ns.STANZA_IDS, "origin-id");
        return origin == null ? null : origin.attribute("id");
    }

    /** {@return the message of this id, or null if it is not there} */
    public @Nullable Entry find(String id) {
        return byId.get(id);
    }

    /** {@return all messages, oldest first; a view} */
    public Collection<Entry> entries() {
        return entries.values();
    }

    /** {@return the oldest message, or null if there is none} */
    public @Nullable Entry first() {
        return entries.isEmpty() ? null : entries.firstEntry().getValue();
    }

    /** {@return the latest message, or null if there is none} */
    public @Nullable Entry last() {
        return entries.isEmpty() ? null : entries.lastEntry().getValue();
    }

    private static int chars(XmlElement element) {
        int chars = element.name().length();
        for (int i = 0; i < element.attributeCount(); i++) {
            chars += element.attributeValue(i).length();
        }
        for (int i = 0; i < element.nodeCount(); i++) {
            chars += element.node(i) instanceof XmlElement child
                    ? chars(child)
                    : element.node(i).toString().length();
        }
        return chars;
    }

    private static String newId() {
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }
}
