package org.partyline.testkit;

import java.security.KeyStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.chat2.ChatManager;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;

/** A client by other people: Smack, with the messages that came in. */
final class SmackPeer implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 10;

    final XMPPTCPConnection connection;
    final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();

    SmackPeer(TestNetwork network, TestAccount account, boolean directTls) throws Exception {
        XMPPTCPConnectionConfiguration.Builder configuration = XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(account.domain())
                .setUsernameAndPassword(account.username(), account.password())
                .setHost("127.0.0.1")
                .setPort((directTls ? network.directTlsEndpoint() : network.startTlsEndpoint()).port())
                .setResource("smack")
                .setCustomX509TrustManager(trust(network));
        if (directTls) {
            configuration
                    .setSecurityMode(SecurityMode.required)
                    .setSocketFactory(RawClient.context(network, null).getSocketFactory());
            configuration.setSecurityMode(SecurityMode.disabled);
        } else {
            configuration.setSecurityMode(SecurityMode.required);
        }
        connection = new XMPPTCPConnection(configuration.build());
        connection.setReplyTimeout(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        Roster.getInstanceFor(connection).setSubscriptionMode(Roster.SubscriptionMode.accept_all);
        ChatManager.getInstanceFor(connection).addIncomingListener((from, message, chat) -> inbox.add(message));
        connection.connect();
        connection.login();
    }

    private static X509TrustManager trust(TestNetwork network) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("anchor", network.trustAnchor());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new IllegalStateException("no X.509 trust manager");
    }

    Roster roster() {
        return Roster.getInstanceFor(connection);
    }

    void say(TestAccount to, String text) throws Exception {
        ChatManager.getInstanceFor(connection)
                .chatWith(JidCreate.entityBareFrom(to.jid()))
                .send(text);
    }

    String hear() throws InterruptedException {
        Message message = inbox.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + TIMEOUT_SECONDS + " s");
        }
        return message.getBody();
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
