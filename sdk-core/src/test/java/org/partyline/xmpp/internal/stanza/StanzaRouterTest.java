package org.partyline.xmpp.internal.stanza;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StanzaRouterTest {
    private final StanzaRouter router =
            new StanzaRouter(new OriginGate(new FakeSession(), answer -> false), from -> true, answer -> {}, () -> 0);

    @Test
    void feature_namedTwice_staysUntilBothHaveTakenItBack() {
        router.discoFeature("urn:xmpp:ping");
        router.discoFeature("urn:xmpp:ping");
        router.removeDiscoFeature("urn:xmpp:ping");
        assertEquals(Set.of("urn:xmpp:ping"), router.discoFeatures());
        router.removeDiscoFeature("urn:xmpp:ping");
        router.removeDiscoFeature("urn:xmpp:ping");
        assertEquals(Set.of(), router.discoFeatures());
    }

    @Test
    void request_hasOneHandler_whichCanGo() {
        Runnable removal = router.onDeferredIq("urn:example", "query", (iq, answer) -> {});
        assertThrows(
                IllegalStateException.class, () -> router.onDeferredIq("urn:example", "query", (iq, answer) -> {}));
        removal.run();
        router.onDeferredIq("urn:example", "query", (iq, answer) -> {});
    }
}
