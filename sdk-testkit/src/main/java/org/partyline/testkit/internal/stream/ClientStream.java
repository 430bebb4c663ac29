package org.partyline.testkit.internal.stream;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.StreamManagement;
import org.partyline.testkit.internal.account.Wire;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.fault.FaultStage;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;

/** The server's side of one connection's stream: negotiation first, stanzas afterwards. Belongs to the network's loop. */
public final class ClientStream implements Wire {
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final StreamHub hub;
    private final Link link;
    private final StreamSyntax syntax;
    private final XmlStreamDecoder decoder;
    private final ManagementDialog management;

    private final StreamFaults faults;
    private @Nullable Domain domain;
    private final RoundTrips roundTrips;
    private @Nullable SignInDialogs signIn;
    private @Nullable Account account;
    private @Nullable Session session;
    private boolean headerSent;
    private boolean over;
    /** Nothing of the client is looked at any more, though bytes of it may be here already. */
    private boolean deaf;

    private boolean idleTimer;
    private boolean busy;

    /** Makes a stream that waits for the client's header. */
    public ClientStream(StreamHub hub, Link link, StreamSyntax syntax) {
        this.hub = hub;
        this.link = link;
        this.syntax = syntax;
        this.decoder = new XmlStreamDecoder(syntax.framing(), hub.settings().limits(), new Inbound());
        this.management = new ManagementDialog(this, hub);
        this.faults = new StreamFaults(hub.faults());
        this.roundTrips = new RoundTrips(hub.statistics());
    }

    /** Takes bytes of the client. */
    public void feed(byte[] bytes, int offset, int length) {
        if (deaf) {
            return;
        }
        try {
            decoder.feed(bytes, offset, length);
        } catch (XmlStreamException e) {
            fail(StreamError.of(e));
        }
        busy = true;
        if (!idleTimer && !over) {
            idleTimer = true;
            hub.timers().schedule(IDLE, this::rest);
        }
    }

    /** Gives the parser's memory back once nothing comes any more, so that a thousand idle clients cost little. */
    private void rest() {
        idleTimer = false;
        if (over) {
            return;
        }
        if (busy) {
            busy = false;
            idleTimer = true;
            hub.timers().schedule(IDLE, this::rest);
        } else {
            decoder.idle();
        }
    }

    /** Asks the client for its count, if it is time, before what was written leaves. */
    public void beforeFlush() {
        roundTrips.flushed();
        if (!over) {
            management.askForCount(session);
        }
    }

    /** The connection is over. */
    public void disconnected() {
        over = true;
        deaf = true;
        if (session == null && account != null) {
            hub.router().forgetIfTemporary(account);
        }
        Session lost = session;
        if (lost == null || lost.wire() != this) {
            return;
        }
        StreamManagement kept = lost.management();
        if (kept != null && kept.resumable()) {
            hub.hibernate(lost, kept);
        } else {
            hub.end(lost);
        }
    }

    Link link() {
        return link;
    }

    /** {@return who signed in, or null while nobody has} */
    public @Nullable Account account() {
        return account;
    }

    @Nullable
    Session session() {
        return session;
    }

    void session(Session session) {
        this.session = session;
    }

    StreamFaults faults() {
        return faults;
    }

    /** {@return whether it ends here by a fault that was ordered} */
    boolean endsAt(FaultStage stage) {
        FaultPlan.Reaction reaction = faults.at(stage);
        if (reaction == null) {
            return false;
        }
        if (reaction == FaultPlan.Reaction.CUT) {
            reset();
        } else {
            fallSilent();
        }
        return true;
    }

    @Override
    public void write(XmlElement element) {
        if (over) {
            return;
        }
        link.write(syntax.element(element));
        if (Stanzas.isStanza(element)) {
            hub.statistics().stanzaSent();
            if (!link.isWritable() || !isReceptive()) {
                hub.congested(link);
            }
            if (faults.any(FaultPlan::stanzaSent)) {
                hangUp();
            }
        }
    }

    /** {@return whether the client confirms what it got fast enough that more may be sent} */
    public boolean isReceptive() {
        return session == null || session.isReceptive();
    }

    @Override
    public boolean isWritable() {
        return link.isWritable() && isReceptive();
    }

    @Override
    public void fail(StreamError error) {
        if (over) {
            return;
        }
        if (!headerSent) {
            // An error needs an open stream (RFC 6120 section 4.9.1.2).
            sendHeader(hub.router().directory().domains().iterator().next().name(), null);
        }
        link.write(syntax.element(error.toElement()));
        end();
    }

    /** Ends stream and session in order. */
    private void end() {
        link.write(syntax.footer());
        over = true;
        deaf = true;
        link.close();
        Session ended = session;
        if (ended != null && ended.wire() == this) {
            hub.end(ended);
        }
    }

    @Override
    public void hangUp() {
        deaf = true;
        link.hangUp();
    }

    @Override
    public void reset() {
        deaf = true;
        link.reset();
    }

    @Override
    public void fallSilent() {
        deaf = true;
        link.fallSilent();
    }

    /** Tells the client the count that a fault held back, if it asked for one. */
    public void tellHeldCount() {
        if (!over) {
            management.tellHeldCount();
        }
    }

    /** The client says that what it sent is a whole document (RFC 7395 section 3.3.1). */
    public void endOfDocument() {
        if (!deaf && !decoder.isBetweenElements()) {
            fail(StreamError.of("not-well-formed"));
        }
    }

    private void sendHeader(String from, @Nullable String to) {
        headerSent = true;
        link.write(syntax.header(StreamHub.newId(), from, to));
    }

    private void opened(XmlElement header) {
        Opening opening = Opening.of(header, hub.router().directory(), domain);
        sendHeader(opening.from(), header.attribute("from"));
        if (opening.error() != null) {
            fail(opening.error());
        } else if (!endsAt(FaultStage.STREAM_FEATURES)) {
            Domain served = Objects.requireNonNull(opening.domain());
            domain = served;
            String otherHost = redirection();
            if (otherHost != null) {
                fail(StreamError.seeOther(otherHost));
            } else {
                write(features(served, opening.client()));
            }
        }
    }

    /** Nobody is sent away before TLS, where a client must not believe it. */
    private @Nullable String redirection() {
        return link.isSecure() && account == null ? hub.faults().otherHost() : null;
    }

    private XmlElement features(Domain served, @Nullable Address client) {
        if (account != null) {
            return featuresAfterSignIn();
        }
        XmlElement.Builder features = XmlElement.builder(Ns.STREAMS, "features");
        boolean stripped = !link.isSecure() && hub.faults().startTlsStripped();
        if (!link.isSecure() && !stripped) {
            return features.child(Features.startTls()).build();
        }
        SignInDialogs dialogs = new SignInDialogs(
                this, hub, management, new SignIn(served, hub.settings().signIn(), link, client));
        signIn = dialogs;
        dialogs.addTo(features);
        return hub.faults().rewritten(features.build());
    }

    private XmlElement featuresAfterSignIn() {
        XmlElement.Builder features = XmlElement.builder(Ns.STREAMS, "features");
        Features.afterSignIn(hub.settings(), session).forEach(features::child);
        return features.build();
    }

    private void received(XmlElement element) {
        Session bound = session;
        if (Stanzas.isStanza(element)) {
            stanza(bound, element);
            return;
        }
        switch (element.namespace()) {
            case Ns.TLS -> startTls(element);
            case Ns.SASL, Ns.SASL2 -> {
                if (account != null || signIn == null || !signIn.takes(element)) {
                    fail(StreamError.of("not-authorized"));
                }
            }
            case Ns.SM -> management.received(element);
            case Ns.CSI -> {
                if (bound != null) {
                    bound.inactive(element.name().equals("inactive"));
                }
            }
            default -> fail(StreamError.of("unsupported-stanza-type"));
        }
    }

    private void startTls(XmlElement element) {
        if (link.isSecure() || !element.name().equals("starttls") || domain == null) {
            fail(StreamError.of("unsupported-stanza-type"));
        } else if (decoder.unread() > 0) {
            // Bytes that came in the clear must not be taken for protected ones (RFC 6120 section 5.4.3.3).
            fail(StreamError.of("policy-violation", "Nothing may follow <starttls/> before TLS"));
        } else {
            write(XmlElement.of(Ns.TLS, "proceed"));
            restart();
            link.startTls();
        }
    }

    /** The client begins the stream anew. */
    void restart() {
        decoder.reset();
        headerSent = false;
    }

    /** {@return whether the client may hear that it signed in} */
    boolean signedIn(Account proved, String mechanism) {
        account = proved;
        faults.add(proved.faults());
        link.faults(proved.faults());
        if (endsAt(FaultStage.SASL_SUCCESS)) {
            return false;
        }
        hub.statistics().signedIn(mechanism);
        decoder.authenticated();
        return true;
    }

    void signInFailed(SignIn signIn) {
        signIn.failed();
        hub.statistics().signInFailed();
        if (signIn.hasFailedTooOften()) {
            fail(StreamError.of("policy-violation", "Too many failed sign-ins"));
        }
    }

    /** Goes on without a new header (XEP-0388 section 2.6.1), with the features that are left to negotiate. */
    void continueAfterSignIn() {
        write(featuresAfterSignIn());
    }

    private void stanza(@Nullable Session bound, XmlElement stanza) {
        Account known = account;
        if (known == null) {
            fail(StreamError.of("not-authorized"));
        } else if (bound != null) {
            hub.statistics().stanzaReceived();
            hub.router().receive(bound, stanza);
            management.handled(bound);
            hub.relieve(link);
            if (faults.any(FaultPlan::stanzaReceived)) {
                reset();
            }
        } else if (!endsAt(FaultStage.BIND)) {
            Binding.Outcome outcome = Binding.of(stanza);
            if (outcome == null) {
                fail(StreamError.of("not-authorized", "A resource must be bound first"));
                return;
            }
            Session made = hub.bind(known, outcome.resource(), this);
            session = made;
            write(Binding.result(stanza, made.address()));
        }
    }

    private void heard() {
        if (session == null) {
            roundTrips.heard();
        }
    }

    private final class Inbound implements XmlStreamSink {
        @Override
        public void onHeader(XmlElement root) {
            if (deaf) {
                return;
            }
            heard();
            if (root.is(Ns.STREAMS, "stream")) {
                opened(root);
            } else {
                fail(StreamError.of(root.namespace().equals(Ns.STREAMS) ? "bad-format" : "invalid-namespace"));
            }
        }

        @Override
        public void onElement(XmlElement element) {
            if (deaf) {
                return;
            }
            heard();
            if (element.is(Ns.FRAMING, "open")) {
                opened(element);
            } else if (element.is(Ns.FRAMING, "close")) {
                end();
            } else {
                received(element);
            }
        }

        @Override
        public void onFooter() {
            if (!deaf) {
                end();
            }
        }
    }
}
