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
    /** Acknowledgements come in order, so one stands for those before it. */
    private static final int STEP = 500;

    private static final Jid SINK = Jid.parse("sink@bench.test");

    private final ChatClient client;
    private final Answers answers = new Answers();
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
        subscription = client.messages().incoming().subscribe(this::onMessage);
        client.connect().get(30, TimeUnit.SECONDS);
    }

    private void onMessage(Message message) {
        answers.accept(message.body());
    }

    @Override
    public void send(int count) throws Exception {
        send(count, STEP);
    }

    @Override
    public void sendSameElements(int count) throws Exception {
        send(count, STEP);
    }

    @Override
    public void sendEachAcknowledged(int count) throws Exception {
        send(count, 1);
    }

    private void send(int count, int step) throws Exception {
        Semaphore window = new Semaphore(WINDOW);
        for (int i = 1; i <= count; i++) {
            CompletableFuture<SentMessage> sent =
                    client.messages().to(SINK).body(BODY).send();
            if (i % step == 0 || i == count) {
                int covered = i % step == 0 ? step : i % step;
                window.acquire(covered);
                sent.thenCompose(SentMessage::acknowledged).thenRun(() -> window.release(covered));
            }
        }
        if (!window.tryAcquire(WINDOW, 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all acknowledged");
        }
    }

    @Override
    public long bytesSent() throws Exception {
        send("bytes@bench.test", "?", 1);
        return Long.parseLong(answers.last());
    }

    @Override
    public void receive(int count) throws Exception {
        send("flood@bench.test", Integer.toString(count), count);
    }

    /** Listeners never run on the event loop. */
    @Override
    public void receiveOffTheReader(int count) throws Exception {
        receive(count);
    }

    @Override
    public void echo() throws Exception {
        send("echo@bench.test", "x", 1);
    }

    private void send(String to, String body, int count) throws Exception {
        answers.expect(count);
        client.messages().to(to).body(body).send();
        answers.await();
    }

    @Override
    public void close() {
        subscription.close();
        client.closeAsync().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
