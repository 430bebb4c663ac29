package org.partyline.xmpp.internal.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.internal.engine.Outbox;
import org.partyline.internal.engine.ReadGate;
import org.partyline.internal.engine.RequestTracker;
import org.partyline.internal.engine.Watchdog;
import org.partyline.transport.connection.ConnectionListener;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.negotiation.ConnectFailures;
import org.partyline.xmpp.internal.negotiation.StreamErrors;
import org.partyline.xmpp.internal.negotiation.StreamFeatures;
import org.partyline.xmpp.internal.sm.SmElements;
import org.partyline.xmpp.internal.sm.SmSession;
import org.partyline.xmpp.internal.stanza.AnswerOrigin;
import org.partyline.xmpp.internal.stanza.StanzaErrors;
import org.partyline.xmpp.internal.stanza.Stanzas;
import org.partyline.xmpp.internal.stanza.Weight;

/**
 * One stream that carries the session: brings what arrives to where it belongs, keeps stream management's word, and
 * writes for the outbox. Where the server has no stream management, answers to pings (XEP-0199) tell what it has: it
 * handles what we send in order.
 */
final class LiveStream implements ConnectionListener, Outbox.Wire, Watchdog.Target {
    private record Ping(String id, int sent) {}

    /** Hears how a stream ends. */
    interface End {
        /** The stream has ended without having been closed by {@link #close()}. */
        void ended(LiveStream stream, ImException failure);
    }

    private final SessionCore core;
    private final XmlConnection connection;
    private final @Nullable SmSession sm;
    private final End end;
    private final Watchdog watchdog;
    private final ReadGate gate;
    private final ArrayDeque<Ping> pings = new ArrayDeque<>();
    /** Stanzas that had been read already when reading was stopped; one read's worth at most. */
    private final ArrayDeque<XmlElement> held = new ArrayDeque<>();

    private boolean listening = true;
    private @Nullable ImException failure;
    private final @Nullable HandledCount handled;

    private boolean closing;
    private boolean ended;

    LiveStream(SessionCore core, XmlConnection connection, @Nullable SmSession sm, End end) {
        this.core = core;
        this.connection = connection;
        this.sm = sm;
        this.end = end;
        this.watchdog = new Watchdog(
                connection.loop(), core.limits().idleProbe(), core.limits().probeTimeout(), core.jitter(), this);
        this.handled = sm == null ? null : new HandledCount(core, sm, connection);
        this.gate =
                new ReadGate(connection.loop(), core.callbacks(), core.limits().subscriberBuffer(), this::reading);
    }

    private void reading(boolean on) {
        listening = on;
        connection.reading(on);
        watchdog.listening(on);
        while (listening && !held.isEmpty()) {
            stanza(held.remove());
        }
    }

    /** Handles what came before the session's counting began. */
    void handleEarly(List<XmlElement> early) {
        early.forEach(this::handle);
    }

    @Override
    public void onOpened(StreamHeader header) {
        // No stream is opened anew once the session runs; the transport would have to be wrong.
        violation("the server opened the stream anew");
    }

    @Override
    public void onElement(XmlElement element) {
        if (ended) {
            return;
        }
        if (element.namespace().equals(Stanzas.CLIENT)) {
            if (listening && held.isEmpty()) {
                stanza(element);
            } else {
                held.add(element);
            }
        } else if (element.namespace().equals(SmElements.NS)) {
            streamManagement(element);
        } else if (StreamErrors.isStreamError(element)) {
            failure = StreamErrors.read(element);
        } else if (element.is(StreamErrors.STREAMS, "features")) {
            // A session that was resumed with the sign-in has them behind it (XEP-0388 section 2.6.1).
            core.offered(new StreamFeatures(element));
        }
        // Anything else is for an extension that nobody switched on: not heeded.
    }

    private void stanza(XmlElement stanza) {
        // A stanza that is not counted comes again, and one without stream management never does.
        SmSession counting = closing ? null : sm;
        boolean repeat = counting != null && counting.isRepeat(stanza);
        if (!repeat && (counting != null || sm == null || Stanzas.isAnswer(stanza))) {
            handle(stanza);
        }
        if (counting != null && handled != null) {
            counting.countReceived(stanza);
            handled.received(stanza.name().equals("message"));
        }
        gate.delivered(Weight.of(stanza));
    }

    private void handle(XmlElement stanza) {
        boolean answer = Stanzas.isAnswer(stanza);
        if (answer && acknowledgedByPing(stanza)) {
            core.router().show(stanza);
            return;
        }
        XmlElement admitted = core.router().admit(stanza);
        if (admitted == null) {
            return;
        }
        core.router().show(admitted);
        if (answer) {
            answer(admitted);
        } else {
            core.router().route(admitted);
        }
    }

    private void answer(XmlElement iq) {
        String id = iq.attribute("id");
        RequestTracker.Request<XmlElement> request =
                id == null ? null : core.requests().take(id);
        if (request == null) {
            return;
        }
        if ("result".equals(iq.attribute("type"))) {
            request.future().complete(iq);
        } else {
            request.future().completeExceptionally(StanzaErrors.read(request.operation(), iq));
        }
    }

    private boolean acknowledgedByPing(XmlElement iq) {
        for (Ping ping : pings) {
            if (ping.id().equals(iq.attribute("id"))
                    && AnswerOrigin.accepts(server(), iq.attribute("from"), core.account(), core.self())) {
                while (!pings.remove().equals(ping)) {
                    // Answers come in order, so this one stands for those before it.
                }
                core.outbox().acknowledge(ping.sent());
                return true;
            }
        }
        return false;
    }

    private void streamManagement(XmlElement element) {
        if (sm == null) {
            return;
        }
        if (element.name().equals("r")) {
            if (handled != null) {
                handled.asked();
            }
        } else if (element.name().equals("a")) {
            OptionalInt count = SmElements.count(element);
            if (count.isEmpty() || !core.outbox().acknowledge(count.getAsInt())) {
                impossibleCount(count);
            }
        }
    }

    /** The counts of both sides have come apart, so what the server has is not known any more (XEP-0198 section 4). */
    void impossibleCount(OptionalInt count) {
        int sent = core.outbox().inFlight().sent();
        XmlElement.Builder detail = XmlElement.builder(SmElements.NS, "handled-count-too-high")
                .attribute("send-count", Integer.toUnsignedString(sent));
        count.ifPresent(h -> detail.attribute("h", Integer.toUnsignedString(h)));
        connection.write(XmlElement.builder(StreamErrors.STREAMS, "error")
                .child(XmlElement.of(StreamErrors.NS, "undefined-condition"))
                .child(detail.build())
                .build());
        connection.close();
        finish(new ProtocolViolationException(
                "stay connected", "the server acknowledged what was not sent, or less than before", null));
    }

    private void violation(String message) {
        connection.closeWithError("undefined-condition");
        finish(new ProtocolViolationException("stay connected", message, null));
    }

    @Override
    public void onReadComplete() {
        watchdog.heard();
        if (sm != null && handled != null) {
            sm.heard(connection.loop().nanoTime());
            handled.readComplete();
        } else {
            core.rememberWhenGiven();
        }
    }

    @Override
    public void onWritable() {
        watchdog.writable(true);
        if (!closing && !ended) {
            core.outbox().drain();
        }
    }

    @Override
    public void onDisconnected(@Nullable TransportException cause) {
        finish(failure != null ? failure : ConnectFailures.lost(cause));
    }

    private void finish(ImException why) {
        if (!ended) {
            ended = true;
            watchdog.stop();
            if (handled != null) {
                held.clear(); // not counted, so the server still has them
                handled.end();
            }
            gate.end();
            if (!closing) {
                end.ended(this, why);
            }
        }
    }

    /**
     * Closes the stream in order. What the server still acknowledges is heeded; new stanzas are not, because they were not
     * acknowledged, and the server keeps them.
     */
    CompletableFuture<Void> close() {
        if (closing || ended) {
            return CompletableFuture.completedFuture(null);
        }
        if (core.outbox().inFlight().size() > 0) {
            ask();
        }
        if (sm != null && handled != null) {
            // What is in the application's buffers it still gets.
            connection.write(SmElements.ack(sm.received()));
            handled.end();
        }
        closing = true;
        watchdog.stop();
        gate.end();
        return connection.close();
    }

    @Override
    public boolean isWritable() {
        boolean writable = connection.isWritable();
        if (!writable) {
            watchdog.writable(false);
        }
        return writable;
    }

    @Override
    public void write(byte[] encoded) {
        connection.write(encoded);
    }

    @Override
    public void flush() {
        connection.flush();
        watchdog.sent();
    }

    @Override
    public void probe() {
        ask();
        flush();
    }

    @Override
    public void dead(String why) {
        connection.abort();
        finish(new ConnectionLostException("stay connected", why, null, true));
    }

    @Override
    public void ask() {
        if (sm != null) {
            connection.write(SmElements.request());
            return;
        }
        Ping ping = new Ping(core.ids().next(), core.outbox().inFlight().sent());
        pings.add(ping);
        connection.write(XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", "get")
                .attribute("id", ping.id())
                .attribute("to", server().toString())
                .child(XmlElement.of("urn:xmpp:ping", "ping"))
                .build());
    }

    private Jid server() {
        return Jid.of(null, core.account().domain(), null);
    }
}
