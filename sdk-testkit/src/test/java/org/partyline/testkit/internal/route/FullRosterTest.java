package org.partyline.testkit.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.account.Roster;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.Wire;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.xml.XmlElement;

/** A roster that is full takes no more contacts, by whatever way they come. */
class FullRosterTest {
    private final List<XmlElement> sent = new ArrayList<>();
    private final Domain domain = new Domain("chat.test", List.of("PLAIN"), Set.of(), 1, (user, token) -> false);
    private final Account juliet = domain.create("juliet", "secret");
    private final Account romeo = domain.create("romeo", "secret");
    private final Router router = new Router(new Directory(List.of(domain)), 0);
    private final Session session = juliet.open("balcony", new Recorder());

    @BeforeEach
    void fill() {
        Roster roster = juliet.roster();
        for (int i = 0; i < Roster.MAX_ITEMS; i++) {
            roster.put(roster.get(Address.bare("contact" + i, "chat.test")).named("", List.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscribe", "subscribed"})
    void subscription_toOneMore_isRefused(String type) {
        router.receive(session, presence(type, "romeo@chat.test"));

        assertEquals(Roster.MAX_ITEMS, juliet.roster().items().size());
        assertEquals("error", sent.get(0).attribute("type"));
        assertTrue(sent.get(0).toXml().contains("<resource-constraint"));
    }

    @Test
    void subscription_toOneWhoIsThere_isAskedFor() {
        router.receive(session, presence("subscribe", "contact1@chat.test"));

        assertEquals(List.of(), sent);
        assertTrue(juliet.roster()
                .get(Address.bare("contact1", "chat.test"))
                .subscription()
                .pendingOut());
    }

    @Test
    void request_ofOneMore_isNotKept() {
        Session other = romeo.open("orchard", new Recorder());

        router.receive(other, presence("subscribe", "juliet@chat.test"));

        assertEquals(Roster.MAX_ITEMS, juliet.roster().items().size());
        assertEquals(0, juliet.requests().size());
    }

    private static XmlElement presence(String type, String to) {
        return XmlElement.builder(Ns.CLIENT, "presence")
                .attribute("type", type)
                .attribute("to", to)
                .build();
    }

    private final class Recorder implements Wire {
        @Override
        public void write(XmlElement element) {
            sent.add(element);
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void fail(StreamError error) {
            throw new AssertionError(error);
        }

        @Override
        public void hangUp() {
            throw new AssertionError("hung up");
        }

        @Override
        public void reset() {
            throw new AssertionError("reset");
        }

        @Override
        public void fallSilent() {
            throw new AssertionError("silent");
        }
    }
}
