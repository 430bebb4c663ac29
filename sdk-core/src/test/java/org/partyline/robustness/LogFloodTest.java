package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.spi.SessionLimits;
import org.partyline.xmpp.internal.roster.RosterFeature;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;
import org.slf4j.event.Level;

/** Peers without measure do not fill the log in place of the memory. */
class LogFloodTest {
    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);

    private void push(int contacts) {
        for (int i = 0; i < contacts; i++) {
            routes.request(Xml.parse("<iq type='set' id='p'><query xmlns='jabber:iq:roster'><item jid='c" + i
                    + "@b.example'/></query></iq>"));
        }
    }

    @Test
    @DisplayName("L34 a contact list over its limit is warned of once a session")
    void contactsOverTheLimit_areWarnedOfOnce() {
        session.limits = SessionLimits.builder().rosterItems(100).build();
        RosterFeature roster = new RosterFeature(session, jid -> CompletableFuture.completedFuture(null));
        roster.register(routes);
        try (LogCapture log = LogCapture.from(Level.WARN)) {
            push(100);
            assertEquals(0, log.lines().size());
            push(1_000);
            assertEquals(1, log.lines().size());
            assertTrue(log.lines().get(0).contains("limit of 100 entries"), log.lines()::toString);
            roster.onSessionEnded();
            push(1_000);
            assertEquals(2, log.lines().size());
        }
    }
}
