package org.partyline.xmpp.internal.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Stanzas;
import org.partyline.xmpp.internal.stanza.Xml;

class BlockListFeatureTest {
    private static final String NAMESPACE = "urn:xmpp:blocking";

    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);
    private final BlockListFeature list = new BlockListFeature(session, () -> CompletableFuture.completedFuture(true));

    BlockListFeatureTest() {
        list.register(routes);
        list.load();
        session.lastQuery().result(Xml.parse("<blocklist xmlns='urn:xmpp:blocking'/>"));
    }

    private void push(String name, int from, int to) {
        XmlElement.Builder change = XmlElement.builder(NAMESPACE, name);
        for (int i = from; i < to; i++) {
            change.child(XmlElement.builder(NAMESPACE, "item")
                    .attribute("jid", "p" + i + "@b.example")
                    .build());
        }
        routes.request(XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", "set")
                .attribute("id", "b1")
                .child(change.build())
                .build());
    }

    private Set<Jid> blocked() {
        return list.load().join();
    }

    @ParameterizedTest
    @DisplayName("Blocked addresses: at the limit, one more, ten times as many, in one push or in a hundred")
    @CsvSource({"20000, 20000, 1", "20001, 20000, 1", "20001, 20000, 100", "200000, 20000, 1", "200000, 20000, 100"})
    void blocked_isBounded(int pushed, int kept, int pushes) {
        int each = (pushed + pushes - 1) / pushes;
        for (int from = 0; from < pushed; from += each) {
            push("block", from, Math.min(pushed, from + each));
        }
        assertEquals(kept, blocked().size());
    }

    @Test
    void unblocking_makesRoom() {
        push("block", 0, 20_000);
        push("unblock", 0, 1);
        push("block", 20_000, 20_002);
        assertEquals(20_000, blocked().size());
        assertFalse(blocked().contains(Jid.parse("p0@b.example")));
        push("unblock", 0, 0);
        assertTrue(blocked().isEmpty(), "an empty one means all (XEP-0191 section 3.4)");
    }
}
