package org.partyline.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.TestNetworkExtension;
import org.partyline.testkit.Username;
import org.partyline.transport.connection.Endpoint;

/** Two chat clients on one network. */
@ExtendWith(TestNetworkExtension.class)
@Timeout(180)
class TwoChatsTest {
    @TempDir
    private Path directory;

    private Path trust;

    @BeforeEach
    void writeTrustFile(TestNetwork network) throws Exception {
        trust = writePem(directory, network.trustAnchor());
    }

    static Path writePem(Path directory, X509Certificate certificate) throws Exception {
        return Files.writeString(
                directory.resolve("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private Chat as(TestAccount account, String kind, Endpoint at) {
        return Chat.as(
                account,
                account.password(),
                "--server",
                at.host() + ":" + at.port(),
                kind,
                "--trust",
                trust.toString());
    }

    @Test
    void twoPeople_meetTalkAndPart(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        Chat hers = as(juliet, "--starttls", network.startTlsEndpoint()).await("online as juliet@chat.test");
        Chat his = as(romeo, "--direct-tls", network.directTlsEndpoint()).await("online as romeo@chat.test");

        hers.type("/add romeo@chat.test My Romeo").await("asked My Romeo <romeo@chat.test>");
        his.await("juliet@chat.test asks to see when you are there").type("/requests", "/accept");
        hers.await("My Romeo lets you see when they are there").await("My Romeo is there");
        his.await("juliet@chat.test sees when you are there").type("/add juliet@chat.test");
        hers.await("romeo@chat.test asks to see when you are there").type("/accept romeo@chat.test");
        his.await("juliet@chat.test is there");

        hers.type("/away on the balcony");
        his.await("juliet@chat.test is away (on the balcony)");
        hers.type("/to my romeo", "Art thou not Romeo?")
                .await("you: Art thou not Romeo?")
                .await("delivered to My Romeo");
        his.await("juliet@chat.test: Art thou not Romeo?").type("Neither, fair maid.", "/contacts");
        hers.await("My Romeo: Neither, fair maid.").type("/history 1").await("My Romeo: Neither, fair maid.");
        his.await("juliet@chat.test: away (on the balcony)");

        his.type("/block juliet").await("you hear nothing more from juliet@chat.test");
        his.type("/blocked").await("blocked: juliet@chat.test");
        his.type("/unblock juliet").await("you hear from juliet@chat.test again");
        his.type("/remove juliet").await("juliet@chat.test is off your contact list");
        hers.await("My Romeo does not let you see any more");
        his.type("/quit");
        assertEquals(0, his.exitCode(), his::text);
        hers.type("/quit");
        assertEquals(0, hers.exitCode(), hers::text);
        assertEquals(1, hers.count("My Romeo: Neither, fair maid.") - 1, hers::text);
    }

    @Test
    void somebodyWhoWasAway_getsWhatWasSaidOverWebSocket(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        Chat hers = as(juliet, "--direct-tls", network.directTlsEndpoint())
                .type("/msg romeo@chat.test Wilt thou be gone?", "/quit");
        assertEquals(0, hers.exitCode(), hers::text);
        assertEquals(1, network.offlineMessages(romeo));

        Path password = Files.writeString(directory.resolve("password"), romeo.password() + "\nnot this line\n");
        Chat his = Chat.with(
                "chat",
                "--account",
                romeo.jid() + "/orchard",
                "--websocket",
                network.webSocketEndpoint().toString(),
                "--trust",
                trust.toString(),
                "--password-file",
                password.toString());
        his.await("juliet@chat.test (not a contact): Wilt thou be gone?  [while you were away]")
                .type("/quit");

        assertEquals(0, his.exitCode(), his::text);
        // Whether the message or this comes first is the network's to say.
        assertTrue(his.text().contains("online as romeo@chat.test/orchard"), his::text);
    }

    @Test
    void password_thatIsChangedMeanwhile_endsTheRunWithOneLine(
            TestNetwork network, @Username("juliet") TestAccount juliet) throws Exception {
        Chat chat = as(juliet, "--direct-tls", network.directTlsEndpoint()).await("online as");
        network.shutdownGracefully();
        chat.await("trying again in");
        network.account("juliet", "changed meanwhile");
        network.restart();
        chat.type("/reconnect").await("error: cannot sign in");

        assertEquals(1, chat.exitCode(), chat::text);
        assertFalse(chat.text().contains("Exception"), chat::text);
    }
}
