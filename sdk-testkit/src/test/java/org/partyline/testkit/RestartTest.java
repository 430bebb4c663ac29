package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.partyline.transport.connection.Endpoint;

@Timeout(60)
class RestartTest {
    private static final int TIMES = 200;

    /** A selector keeps a closed listener's port until it selects again, and the network may not trip over that. */
    @Test
    void restart_atOnceAndManyTimes_listensOnTheSamePorts() {
        try (TestNetwork network = TestNetwork.start()) {
            List<Endpoint> before = endpoints(network);

            for (int i = 0; i < TIMES; i++) {
                network.shutdownGracefully();
                network.restart();
            }

            assertEquals(before, endpoints(network));
        }
    }

    private static List<Endpoint> endpoints(TestNetwork network) {
        return List.of(network.startTlsEndpoint(), network.directTlsEndpoint(), network.webSocketEndpoint());
    }
}
