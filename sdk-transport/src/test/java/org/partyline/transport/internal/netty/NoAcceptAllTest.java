package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.TestAuthority;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;
import org.partyline.transport.tls.TlsConfig;

/** Whichever switches are thrown, a server that nobody vouches for is refused. */
class NoAcceptAllTest {

    @Test
    @DisplayName("T-TLS-7 no combination of switches accepts an unknown server")
    void everyCombinationOfSwitches_refusesAnUnknownServer() throws Exception {
        List<Method> switches = Arrays.stream(TlsConfig.Builder.class.getMethods())
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {boolean.class}))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        assertTrue(switches.size() >= 2, "there are switches");
        Identity unknown = TestAuthority.selfSigned(new Spec().dns(ConnectFixture.DOMAIN));
        try (ConnectFixture fixture = new ConnectFixture();
                ScriptedServer server = new ScriptedServer(peer -> {
                    peer.tls(unknown.context()).startHandshake();
                    peer.drain();
                })) {
            for (int combination = 0; combination < 1 << switches.size(); combination++) {
                TlsConfig.Builder builder = TlsConfig.builder();
                for (int i = 0; i < switches.size(); i++) {
                    switches.get(i).invoke(builder, (combination >> i & 1) == 1);
                }
                TlsConfig config = builder.build();
                TransportOptions options = fixture.options()
                        .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                        .tls(config)
                        .build();
                assertEquals(
                        Reason.CERTIFICATE_REJECTED,
                        fixture.connectFails(options).reason(),
                        config::toString);
            }
        }
    }
}
