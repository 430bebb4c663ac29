package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignInTest {

    @Test
    void directTls_plain_bindsTheResource() throws IOException {
        try (TestNetwork network = TestNetwork.start();
                RawClient client = RawClient.directTls(network)) {
            TestAccount juliet = network.account("juliet");

            client.signIn(juliet);
            String bound = client.bind("balcony");

            assertTrue(bound.contains("<jid>juliet@chat.test/balcony</jid>"), bound);
            assertEquals("xmpp-client", client.tls().getApplicationProtocol());
            assertEquals(List.of("juliet@chat.test/balcony"), network.sessions());
        }
    }
}
