package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.session.ConnectionState;
import org.partyline.transport.xml.XmlElement;

class SignInTest {
    private final Bench bench = new Bench();

    @Test
    void aStreamGoesThroughTlsSignInBindingAndStreamManagementInOrder() {
        CompletableFuture<Void> connected = bench.engine.lifecycle().connect();
        FakeConnection server = bench.transport.last();

        assertEquals(List.of("<open to='capulet.example'>"), server.sent(), "the account stays back until TLS");
        server.offer(Bench.STARTTLS, Bench.MECHANISMS);
        assertEquals(List.of("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"), server.sent());
        server.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));
        assertEquals(List.of("<open to='capulet.example' from='juliet@capulet.example'>"), server.sent());
        server.offer(Bench.MECHANISMS);
        assertEquals(
                List.of("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='TEST'>aGVsbG8=</auth>"),
                server.sent());
        assertFalse(server.authenticated);
        server.receive(Bench.success());
        assertTrue(server.authenticated);
        assertEquals(List.of("<open to='capulet.example' from='juliet@capulet.example'>"), server.sent());
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        bench.answerBind(server);
        assertEquals(List.of("<enable xmlns='urn:xmpp:sm:3' resume='true'/>"), server.sent());
        assertFalse(connected.isDone());
        bench.enabled(server, "sm1");

        assertTrue(connected.isDone());
        assertEquals(ConnectionState.ONLINE, bench.engine.lifecycle().state());
        assertEquals(
                Jid.parse("juliet@capulet.example/balcony"), bench.engine.core().self());
    }

    @Test
    void aMessageIsWrittenAndAcknowledged() {
        FakeConnection server = bench.online();

        Bench.Progress progress = bench.message("m1");

        assertTrue(progress.queued.isDone());
        assertEquals(1, progress.written);
        assertEquals(
                List.of(
                        "<message id='m1' to='romeo@montague.example'><body>m1</body></message>",
                        "<r xmlns='urn:xmpp:sm:3'/>"),
                server.sent());
        assertEquals(0, progress.acknowledged);
        server.receive(Bench.ack(1));
        assertEquals(1, progress.acknowledged);
    }
}
