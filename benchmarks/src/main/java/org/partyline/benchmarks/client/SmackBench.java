package org.partyline.benchmarks.client;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.filter.StanzaTypeFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.partyline.benchmarks.sink.SinkProcess;

/** Smack, the peer, with stream management on. */
public final class SmackBench implements BenchClient {
    private static final String BODY = "x".repeat(100);

    private final XMPPTCPConnection connection;
    private final Semaphore received = new Semaphore(0);

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
        connection.addSyncStanzaListener(stanza -> received.release(), StanzaTypeFilter.MESSAGE);
    }

    @Override
    public void send(int count) throws Exception {
        // Smack bounds what is in flight itself: it blocks the sender at 500 queued stanzas. Only the last message is
        // waited for: a listener for every acknowledgement would cost Smack a task each.
        Jid sink = JidCreate.from("sink@bench.test");
        Semaphore last = new Semaphore(0);
        for (int i = 1; i <= count; i++) {
            Message message = connection
                    .getStanzaFactory()
                    .buildMessageStanza()
                    .to(sink)
                    .ofType(Message.Type.chat)
                    .setBody(BODY)
                    .build();
            if (i == count) {
                connection.addStanzaIdAcknowledgedListener(message.getStanzaId(), stanza -> last.release());
            }
            connection.sendStanza(message);
        }
        if (!last.tryAcquire(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all acknowledged");
        }
    }

    @Override
    public void receive(int count) throws Exception {
        sendBody("flood@bench.test", Integer.toString(count));
        if (!received.tryAcquire(count, 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("received only " + received.availablePermits());
        }
    }

    @Override
    public void echo() throws Exception {
        sendBody("echo@bench.test", "x");
        if (!received.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no echo");
        }
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
