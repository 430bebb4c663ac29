package org.partyline.xmpp.internal.stanza;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;

/**
 * What this session asked for whose answers are not answers to an IQ: messages of archives and of rooms. The library asks for
 * archives; for rooms applications do, through the raw door. Safe for use by many threads.
 */
public final class Asked {
    /** How many rooms are kept in mind (L35). */
    static final int MAX_ROOMS = 500;

    private static final String ROOMS = "http://jabber.org/protocol/muc";

    private record Query(@Nullable Jid to, @Nullable String id) {}

    /** As many at most as requests may wait. */
    private final List<Query> queries = new CopyOnWriteArrayList<>();

    private final Set<Jid> rooms = new LinkedHashSet<>(); // guarded by itself

    /**
     * Notes a request that goes out. The results of a query of an archive come before its answer (XEP-0313), so
     * with the answer the query is over.
     *
     * @param to whom it goes to, or null for the account's own server
     * @param payload what it asks
     * @param answer completes when nothing is awaited any more
     */
    public void request(@Nullable Jid to, XmlElement payload, CompletableFuture<?> answer) {
        if (payload.is(OriginRule.Names.ARCHIVE, "query")) {
            Query query = new Query(to, payload.attribute("queryid"));
            queries.add(query);
            answer.whenComplete((result, failure) -> queries.remove(query));
        }
    }

    /**
     * Notes an element that goes out: presence can ask a room to let this device in, and take its leave of it (XEP-0045
     * sections 7.2 and 7.14).
     *
     * @param element any element
     */
    public void sent(XmlElement element) {
        if (!element.is(Stanzas.CLIENT, "presence")) {
            return;
        }
        Jid to = Addresses.read(element, "to");
        if (to == null) {
            return;
        }
        String type = element.attribute("type");
        synchronized (rooms) {
            if ("unavailable".equals(type)) {
                rooms.remove(to.bare());
            } else if (type == null && element.child(ROOMS, "x") != null) {
                rooms.add(to.bare());
                if (rooms.size() > MAX_ROOMS) {
                    Iterator<Jid> oldest = rooms.iterator();
                    oldest.next();
                    oldest.remove();
                }
            }
        }
    }

    /** The session has ended, and no room knows this device any more. */
    public void sessionEnded() {
        synchronized (rooms) {
            rooms.clear();
        }
    }

    /** {@return whether an archive's result with this {@code queryid} and {@code from} is what was asked for} */
    boolean archive(@Nullable String id, @Nullable String from, Jid account, @Nullable Jid self) {
        for (Query query : queries) {
            if (Objects.equals(query.id(), id) && AnswerOrigin.accepts(query.to(), from, account, self)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether this device asked a room to let it in} */
    boolean room(Jid room) {
        synchronized (rooms) {
            return rooms.contains(room);
        }
    }
}
