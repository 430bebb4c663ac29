package org.partyline.xmpp.internal.basics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.FakeSession;

class ClientStateFeatureTest {
    private static final String CSI = "urn:xmpp:csi:0";

    private final FakeSession session = new FakeSession();
    private final ClientStateFeature feature = new ClientStateFeature(session);

    @BeforeEach
    void offer() {
        session.streamFeatures.add(CSI);
    }

    private static List<XmlElement> told(String... states) {
        return List.of(states).stream().map(state -> XmlElement.of(CSI, state)).toList();
    }

    @Test
    void newSession_isToldOfInactivityAlone() {
        feature.onBound();
        assertEquals(told(), session.sent);
        feature.set(false);
        feature.onBound();
        feature.onResumed();
        assertEquals(told("inactive", "inactive", "inactive"), session.sent);
    }

    @Test
    void sessionThatIsTakenOver_isToldEither_becauseTheProcessBeforeMayHaveSaidTheOther() {
        feature.onTakenOver();
        feature.set(false);
        feature.onTakenOver();
        assertEquals(told("active", "inactive", "inactive"), session.sent);
    }

    @Test
    void serverThatDoesNotKnowIt_isToldNothing() {
        session.streamFeatures.clear();
        feature.onTakenOver();
        feature.set(false);
        feature.onBound();
        assertEquals(told(), session.sent);
    }
}
