package org.partyline.benchmarks.client;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.StanzaListener;
import org.jivesoftware.smack.chat2.ChatManager;
import org.jivesoftware.smack.filter.StanzaTypeFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.id.StandardStanzaIdSource;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.chatstates.ChatState;
import org.jivesoftware.smackx.chatstates.packet.ChatStateExtension;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.partyline.benchmarks.sink.SinkProcess;

/** Smack, the peer, with stream management on. */
public final class SmackBench implements BenchClient {
    private static final String BODY = "x".repeat(100);

    private final XMPPTCPConnection connection;
    private final Answers answers = new Answers();
    private final StanzaListener onReader = stanza -> answers.accept(((Message) stanza).getBody());
    private boolean offTheReader;

    /**
     * Connects.
     *
     * @param port the sink's port
     * @param keyStore holds the sink's certificate
     * @throws Exception if it cannot connect
     */
    public SmackBench(int port, Path keyStore) throws Exception {
        X509Certificate certificate = SinkProcess.certificate(keyStore);
        XMPPTCPConnectionConfiguration configuration = XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain("bench.test")
                .setHostAddress(InetAddress.getLoopbackAddress())
                .setPort(port)
                .setUsernameAndPassword("bench", "secret")
                .setSecurityMode(ConnectionConfiguration.SecurityMode.required)
                .setCustomX509TrustManager(new TrustOne(certificate))
                .build();
        connection = new XMPPTCPConnection(configuration);
        connection.setUseStreamManagement(true);
        connection.setUseStreamManagementResumption(true);
        connection.connect();
        connection.login();
        connection.addSyncStanzaListener(onReader, StanzaTypeFilter.MESSAGE);
    }

    @Override
    public void send(int count) throws Exception {
        send(count, false, false);
    }

    @Override
    public void sendSameElements(int count) throws Exception {
        send(count, true, false);
    }

    @Override
    public void sendEachAcknowledged(int count) throws Exception {
        send(count, false, true);
    }

    /** Smack bounds what is in flight itself: it blocks the sender at 500 queued stanzas. */
    private void send(int count, boolean sameElements, boolean each) throws Exception {
        Jid sink = JidCreate.from("sink@bench.test");
        Semaphore acknowledged = new Semaphore(0);
        for (int i = 1; i <= count; i++) {
            MessageBuilder builder = connection
                    .getStanzaFactory()
                    .buildMessageStanza()
                    .to(sink)
                    .ofType(Message.Type.chat)
                    .setBody(BODY);
            if (sameElements) {
                builder.addExtension(new ChatStateExtension(ChatState.active));
                builder.addExtension(StandardExtensionElement.builder("origin-id", "urn:xmpp:sid:0")
                        .addAttribute("id", StandardStanzaIdSource.DEFAULT.getNewStanzaId())
                        .build());
            }
            Message message = builder.build();
            if (each || i == count) {
                connection.addStanzaIdAcknowledgedListener(message.getStanzaId(), stanza -> acknowledged.release());
            }
            connection.sendStanza(message);
        }
        if (!acknowledged.tryAcquire(each ? count : 1, 60, TimeUnit.SECONDS)) {
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

    /** By the listener that Smack's documentation shows to applications: ordered, and on threads of its own. */
    @Override
    public void receiveOffTheReader(int count) throws Exception {
        if (!offTheReader) {
            offTheReader = true;
            connection.removeSyncStanzaListener(onReader);
            ChatManager.getInstanceFor(connection)
                    .addIncomingListener((from, message, chat) -> answers.accept(message.getBody()));
        }
        receive(count);
    }

    @Override
    public void echo() throws Exception {
        send("echo@bench.test", "x", 1);
    }

    private void send(String to, String body, int count) throws Exception {
        answers.expect(count);
        sendBody(to, body);
        answers.await();
    }

    private void sendBody(String to, String body) throws Exception {
        connection.sendStanza(connection
                .getStanzaFactory()
                .buildMessageStanza()
                .to(JidCreate.from(to))
                .ofType(Message.Type.chat)
                .setBody(body)
                .build());
    }

    @Override
    public void close() {
        connection.disconnect();
    }

    /** Trusts one certificate: Smack takes no trust anchors. */
    private record TrustOne(X509Certificate certificate) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("a client checks servers");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws java.security.cert.CertificateException {
            if (!chain[0].equals(certificate)) {
                throw new java.security.cert.CertificateException("not the sink");
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {certificate};
        }
    }
}
