package org.partyline.snippets;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.message.SentMessage;
import org.partyline.testkit.Fault;
import org.partyline.testkit.FaultProxy;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.transport.connection.Endpoint;
import org.partyline.xmpp.Xmpp;

class FaultProxyExampleTest {
    // @start region="test"
    @Test
    void message_whileTheSendersBytesVanish_isDeliveredOnce() throws Exception {
        try (TestNetwork network = TestNetwork.start();
                FaultProxy proxy = FaultProxy.to(network.directTlsEndpoint().port());
                ChatClient sender = client(network, network.account("juliet"), proxy.port());
                ChatClient receiver = client(network, network.account("romeo"), proxy.port())) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            receiver.messages().incoming().subscribe(message -> heard.add(message.body()));
            CompletableFuture.allOf(sender.connect(), receiver.connect()).get(30, SECONDS);

            proxy.inject(Fault.reset().towardsServer().after(100));
            SentMessage sent = sender.messages()
                    .to("romeo@" + network.domain())
                    .body("Art thou there?")
                    .send()
                    .get(30, SECONDS);
            assertTrue(proxy.awaitFaults(1, Duration.ofSeconds(30)));
            sent.acknowledged().get(30, SECONDS);

            assertEquals("Art thou there?", heard.poll(30, SECONDS));
            assertTrue(heard.isEmpty());
        }
    }
    // @end

    private static ChatClient client(TestNetwork network, TestAccount account, int port) {
        return ChatClient.builder()
                .protocol(Xmpp.create())
                .account(account.jid())
                .credentials(Credentials.password(() -> account.password().toCharArray()))
                .endpoints(Endpoint.directTls("127.0.0.1", port))
                .tls(network.tlsConfig())
                .build();
    }
}
