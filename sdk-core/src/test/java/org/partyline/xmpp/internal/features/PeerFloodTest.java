package org.partyline.xmpp.internal.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.message.ChatState;
import org.partyline.spi.SessionLimits;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.Xml;

/** Strangers without number, who do all that makes a client remember them: what is kept of them has a bound. */
class PeerFloodTest {
    private static final int PEERS = 6_000;
    private static final int MOST_CONTACTS = 1_500;
    /** The largest bound of all that peers can fill here: see the table of limits. */
    private static final int MOST = 2_000;

    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);

    private Features assembled() {
        session.limits = SessionLimits.builder().rosterItems(MOST_CONTACTS).build();
        Features features = Features.assemble(session, () -> routes.discoFeatures);
        for (Feature each : features.inOrder()) {
            each.register(routes);
        }
        return features;
    }

    private void flood(Features features, int from) {
        for (int i = from; i < from + PEERS; i++) {
            String peer = "from='p" + i + "@montague.example/x'";
            routes.presence(Xml.parse("<presence " + peer + " type='subscribe'><status>pray</status></presence>"));
            routes.presence(Xml.parse("<presence " + peer + "><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' "
                    + "node='https://n" + i + ".example' ver='v" + i + "'/></presence>"));
            routes.message(Xml.parse("<message " + peer + " type='chat' id='m" + i + "'><body>hi</body>"
                    + "<composing xmlns='http://jabber.org/protocol/chatstates'/>"
                    + "<request xmlns='urn:xmpp:receipts'/><received xmlns='urn:xmpp:receipts' id='r" + i + "'/>"
                    + "<thread>t" + i + "</thread></message>"));
            routes.message(Xml.parse("<message " + peer + " type='error' id='e" + i + "'/>"));
            features.messages().chatState(Jid.parse("p" + i + "@montague.example/x"), ChatState.ACTIVE);
            features.discovery().info(Jid.parse("p" + i + "@montague.example/x"));
            session.lastQuery()
                    .result(Xml.parse("<query xmlns='http://jabber.org/protocol/disco#info'>"
                            + "<feature var='urn:xmpp:sid:0'/></query>"));
            session.queries.clear();
            session.sent.clear();
        }
    }

    @Test
    @DisplayName("T-MEM-1 twice as many strangers are not remembered twice as well")
    void flood_fillsEveryTableUpToItsBound() throws IllegalAccessException {
        Features features = assembled();
        flood(features, 0);
        Map<String, Integer> once = sizes(features);
        flood(features, PEERS);
        assertEquals(once, sizes(features));
        assertTrue(once.values().stream().allMatch(size -> size <= MOST), once::toString);
        assertTrue(
                once.values().stream().filter(size -> size >= 500).count() >= 4, () -> "nothing was filled: " + once);
    }

    /** How much is in each table that can be reached, by where the first way to it leads along. */
    private static Map<String, Integer> sizes(Object root) throws IllegalAccessException {
        record Found(String path, Object object) {}
        Map<String, Integer> sizes = new TreeMap<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Found> left = new ArrayDeque<>();
        left.add(new Found("", root));
        while (!left.isEmpty()) {
            Found next = left.remove();
            Object object = next.object();
            if (object == null || object instanceof FakeSession || !seen.add(object)) {
                continue;
            }
            if (object instanceof Map<?, ?> map) {
                sizes.merge(next.path(), map.size(), Integer::max);
                map.values().forEach(value -> left.add(new Found(next.path() + "[]", value == null ? "" : value)));
            } else if (object instanceof Collection<?> collection) {
                sizes.merge(next.path(), collection.size(), Integer::max);
                collection.forEach(value -> left.add(new Found(next.path() + "[]", value == null ? "" : value)));
            } else if (object.getClass().getName().startsWith("org.partyline.")
                    && !object.getClass().isHidden()
                    && !object.getClass().isEnum()) {
                for (Class<?> type = object.getClass();
                        type != null && type != Object.class;
                        type = type.getSuperclass()) {
                    for (Field field : type.getDeclaredFields()) {
                        if (!Modifier.isStatic(field.getModifiers())
                                && !field.getType().isPrimitive()) {
                            field.setAccessible(true);
                            Object value = field.get(object);
                            if (value != null) {
                                left.add(new Found(next.path() + '.' + field.getName(), value));
                            }
                        }
                    }
                }
            }
        }
        // Its bound is far above what is tried here: SeenMessagesTest fills it.
        sizes.remove(".messages.seen.sightings");
        return sizes;
    }
}
