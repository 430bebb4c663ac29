package org.partyline.xmpp.internal.sm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.transport.xml.XmlElement;

/** What a server sends again because it was not told of it (XEP-0198 section 5). */
class RepeatsTest {
    private static final String CLIENT = "jabber:client";

    private static XmlElement message(String body) {
        return XmlElement.builder(CLIENT, "message")
                .attribute("from", "romeo@montague.example")
                .textChild("body", body)
                .build();
    }

    private static XmlElement late(String body) {
        return XmlElement.builder(CLIENT, "message")
                .attribute("from", "romeo@montague.example")
                .textChild("body", body)
                .child(XmlElement.of("urn:xmpp:delay", "delay"))
                .build();
    }

    private static SmSession session(int handled) {
        return SmSession.earlier("id", null, handled, 0);
    }

    private static void receive(SmSession session, XmlElement... stanzas) {
        for (XmlElement stanza : stanzas) {
            session.countReceived(stanza);
        }
    }

    private static int asked(SmSession session) {
        session.toBeResumed();
        return session.received();
    }

    private static void resume(SmSession session) {
        session.toBeResumed();
        session.resumed();
    }

    @Test
    void whatIsAtNoRisk_isTold() {
        SmSession session = session(5);
        receive(session, message("one"), message("two"));
        assertEquals(7, asked(session));
        session.resumed();
        assertEquals(7, session.handled());
        assertFalse(session.isRepeat(late("one")));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, -2, Integer.MAX_VALUE - 1})
    @DisplayName("The server is told of nothing from the first on that would be lost, and what it repeats is known")
    void whatIsAtRisk_isNotTold_andKnownAgain(int handled) {
        SmSession session = session(handled);
        receive(session, message("safe"));
        session.atRisk();
        receive(session, message("one"), message("two"));
        assertEquals(handled + 1, asked(session));
        session.resumed();
        for (String body : new String[] {"one", "two"}) {
            assertFalse(session.isRepeat(late("another")));
            assertTrue(session.isRepeat(late(body)), body);
            receive(session, late(body));
        }
        assertFalse(session.isRepeat(late("two")), "no more than there were");
        assertEquals(handled + 3, session.received());
        assertEquals(handled + 1, asked(session), "it is still not handled");
    }

    @Test
    void whatIsHandledMeanwhile_isTold() {
        SmSession session = session(0);
        session.atRisk();
        receive(session, message("one"), message("two"));
        session.handledUpTo(1);
        assertEquals(1, asked(session));
        session.resumed();
        assertTrue(session.isRepeat(late("two")));
        session.handledUpTo(2);
        assertTrue(session.isRepeat(late("two")), "the server has not counted it yet");
        receive(session, late("two"));
        assertEquals(2, asked(session));
        assertFalse(session.hasRepeats());
    }

    @Test
    void whatIsHandled_afterTheServerWasToldLess_changesNothingAboutIt() {
        SmSession session = session(0);
        session.atRisk();
        receive(session, message("one"), message("two"));
        assertEquals(0, asked(session));
        session.handledUpTo(2);
        session.resumed();
        assertEquals(0, session.received());
        for (String body : new String[] {"one", "two"}) {
            assertTrue(session.isRepeat(late(body)), "the server was asked for " + body);
            receive(session, late(body));
        }
        assertEquals(2, session.received());
        assertEquals(2, session.handled());
    }

    @Test
    void serverThatSendsSomethingElse_isBelieved() {
        SmSession session = session(0);
        session.atRisk();
        receive(session, message("one"), message("two"));
        resume(session);
        assertFalse(session.isRepeat(late("new")));
        receive(session, late("new"));
        assertTrue(session.isRepeat(late("two")));
    }

    @Test
    @DisplayName("Behind very many the first is given up")
    void tooMany_areTold() {
        assertEquals(0, asked(atRiskFrom0(Repeats.MOST)));
        assertEquals(Repeats.MOST + 1, asked(atRiskFrom0(Repeats.MOST + 1)));
    }

    private static SmSession atRiskFrom0(int count) {
        SmSession session = session(0);
        session.atRisk();
        for (int i = 0; i < count; i++) {
            receive(session, message("one"));
        }
        return session;
    }
}
