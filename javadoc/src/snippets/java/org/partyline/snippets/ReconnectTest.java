package org.partyline.snippets;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.TestNetworkExtension;
import org.partyline.testkit.Username;
import org.partyline.xmpp.Xmpp;

// @start region="test"
@ExtendWith(TestNetworkExtension.class)
class ReconnectTest {
    @Test
    void message_whileTheReceiversConnectionIsCut_arrives(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (ChatClient sender = client(network, juliet);
                ChatClient receiver = client(network, romeo)) {
            CompletableFuture<String> heard = new CompletableFuture<>();
            receiver.messages().incoming().subscribe(message -> heard.complete(message.body()));
            CompletableFuture.allOf(sender.connect(), receiver.connect()).get(30, SECONDS);

            network.faults(romeo).cut();
            sender.messages().to(romeo.jid()).body("Art thou there?").send();

            assertEquals("Art thou there?", heard.get(30, SECONDS));
            network.await(counted -> counted.resumptions() == 1, Duration.ofSeconds(30));
        }
    }

    static ChatClient client(TestNetwork network, TestAccount account) {
        return ChatClient.builder()
                .protocol(Xmpp.create())
                .account(account.jid())
                .credentials(Credentials.password(() -> account.password().toCharArray()))
                .endpoints(network.directTlsEndpoint())
                .tls(network.tlsConfig())
                .build();
    }
}
// @end
