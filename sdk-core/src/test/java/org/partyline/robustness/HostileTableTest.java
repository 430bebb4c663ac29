package org.partyline.robustness;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.address.Jid;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.Transcript;
import org.partyline.testkit.TranscriptServer;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/** One server for each attack, on real TLS: it is good until the client is online, and then does its worst. */
class HostileTableTest {
    private static final String PASSWORD = "canary-0f-the-hostile-table";
    private static final Pattern ROSTER =
            Pattern.compile("<iq [^>]*id='(?<roster>[^']+)'[^>]*><query xmlns='jabber:iq:roster'");
    private static final Pattern DISCO = Pattern.compile(
            "<iq [^>]*id='(?<disco>[^']+)' to='chat.test'><query xmlns='http://jabber.org/protocol/disco#info'");
    private static final String ANSWERS = "<iq type='result' id='{roster}'><query xmlns='jabber:iq:roster'/></iq>"
            + "<iq type='result' id='{disco}' from='chat.test'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>";

    static Stream<Attack> attacks() {
        return Attacks.all();
    }

    private static Transcript script(Attack attack) {
        Transcript ready = Stage.ENABLE_BEGUN
                .script()
                .send("<enabled xmlns='urn:xmpp:sm:3' id='s1' resume='true'/>")
                .expect(ROSTER)
                .expect(DISCO)
                .send(ANSWERS)
                .expect("urn:example:go");
        Transcript attacked = (attack.byteByByte() ? ready.byteByByte() : ready).send(attack.bytes());
        return attacked.send(Heard.end("romeo@chat.test/x")).expectEnd();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    @DisplayName("MS: nothing that a server does to a live client is heard, thrown, kept, logged, or holds anything up")
    void attack_onAClientThatIsOnline_doesNoHarm(Attack attack) throws Exception {
        try (TestNetwork accounts = TestNetwork.start();
                Clients clients = new Clients("table");
                TranscriptServer server = TranscriptServer.play("chat.test", script(attack));
                HostileOracle oracle = new HostileOracle(clients.resources(), List.of(PASSWORD))) {
            TestAccount juliet = accounts.account("juliet", PASSWORD);
            ChatClient client = clients.online(clients.builder(accounts, juliet)
                    .sasl(SaslOptions.DEFAULT.withPlain(true))
                    .transport(TransportOptions.builder()
                            .tls(server.tlsConfig())
                            .endpoints(server.directTlsEndpoint())
                            .build()));
            Heard heard = oracle.watch(client);
            CompletableFuture<StateChange> over = new CompletableFuture<>();
            client.states()
                    .filter(change -> change.to() != ConnectionState.ONLINE)
                    .subscribe(over::complete);
            CompletableFuture<XmlElement> begun = client.extension(XmppAccess.class)
                    .query("get", Jid.parse("romeo@chat.test/x"), XmlElement.of("urn:example:go", "go"));
            // Whichever it is, the judge looks whether it is the right one.
            CompletableFuture.anyOf(heard.end(), over).get(60, TimeUnit.SECONDS);
            heard.awaitTold(attack.told());
            oracle.judge(attack.name(), attack.end(), attack.told());
            begun.cancel(false);
            System.out.println("MS " + attack.name() + ": " + oracle.figures());
        }
    }
}
