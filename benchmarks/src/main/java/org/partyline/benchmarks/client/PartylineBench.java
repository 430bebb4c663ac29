package org.partyline.benchmarks.client;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.benchmarks.sink.SinkProcess;
import org.partyline.client.ChatClient;
import org.partyline.client.ChatResources;
import org.partyline.message.Message;
import org.partyline.message.SentMessage;
import org.partyline.stream.EventStream;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.xmpp.Xmpp;

/** Partyline, as an application would use it. */
public final class PartylineBench implements BenchClient {
    private static final String BODY = "x".repeat(100);
    /** Below the outbox's 10,000: the sender goes on as acknowledgements come. */
    private static final int WINDOW = 8_000;

    private static final Jid SINK = Jid.parse("sink@bench.test");

    private final ChatClient client;
    private final Semaphore received = new Semaphore(0);
    private final EventStream.Subscription subscription;

    /**
     * Connects.
     *
     * @param port the sink's port
     * @param keyStore holds the sink's certificate
     * @param resources threads to share, from the caller
     * @throws Exception if it cannot connect
     */
    public PartylineBench(int port, Path keyStore, ChatResources resources) throws Exception {
        X509Certificate certificate = SinkProcess.certificate(keyStore);
        client = ChatClient.builder()
                .protocol(Xmpp.create())
                .account("bench@bench.test")
                .credentials(Credentials.password("secret"::toCharArray))
                .sasl(SaslOptions.DEFAULT.withPlain(true))
                .endpoints(Endpoint.startTls("127.0.0.1", port))
                .tls(TlsConfig.builder().systemTrust(false).trust(certificate).build())
                .resources(resources)
                .build();
        subscription = client.messages().incoming().subscribe((Message message) -> received.release());
        client.connect().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void send(int count) throws Exception {
        Semaphore window = new Semaphore(WINDOW);
        for (int i = 0; i < count; i++) {
            window.acquire();
            CompletableFuture<SentMessage> sent =
                    client.messages().to(SINK).body(BODY).send();
            sent.thenCompose(SentMessage::acknowledged).whenComplete((done, failure) -> window.release());
        }
        if (!window.tryAcquire(WINDOW, 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all acknowledged");
        }
    }

    @Override
    public void receive(int count) throws Exception {
        client.messages().to("flood@bench.test").body(Integer.toString(count)).send();
        if (!received.tryAcquire(count, 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("received only " + received.availablePermits());
        }
    }

    @Override
    public void echo() throws Exception {
        client.messages().to("echo@bench.test").body("x").send();
        if (!received.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no echo");
        }
    }

    @Override
    public void close() {
        subscription.close();
        client.closeAsync().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
