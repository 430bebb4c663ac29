package org.partyline.robustness;

import java.util.regex.Pattern;
import org.partyline.testkit.Transcript;

/** How far a scripted server goes along before it misbehaves. */
enum Stage {
    /** It accepted the connection. */
    ACCEPTED(false),
    /** It opened the stream. */
    OPENED(false),
    /** It offered TLS, and the client asked for it. */
    TLS_WANTED(false),
    /** It said that TLS may begin. */
    PROCEEDED(false),
    /** TLS stands. */
    SECURED(true),
    /** It opened the stream under TLS. */
    OPENED_ANEW(true),
    /** It offered sign-in, and the client signs in. */
    SASL_BEGUN(true),
    /** It accepted the password, and the client opened the stream anew. */
    SIGNED_IN(true),
    /** It offered binding, and the client binds. */
    BIND_BEGUN(true),
    /** It bound an address, and the client wants stream management. */
    ENABLE_BEGUN(true);

    static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' from='chat.test' id='s1' version='1.0'>";

    private static final String TLS = "xmlns='urn:ietf:params:xml:ns:xmpp-tls'";
    private static final Pattern IQ_ID = Pattern.compile("<iq [^>]*id=['\"](?<id>[^'\"]+)");

    private final boolean direct;

    Stage(boolean direct) {
        this.direct = direct;
    }

    /** Whether TLS comes first (XEP-0368). */
    boolean isDirect() {
        return direct;
    }

    /** Whether the server has opened the stream that is the current one. */
    boolean isOpen() {
        return this == OPENED || this == TLS_WANTED || (direct && this != SECURED && this != SIGNED_IN);
    }

    /** What a good server does up to here. */
    Transcript script() {
        return switch (this) {
            case ACCEPTED -> Transcript.begin().expect("<stream:stream");
            case OPENED -> ACCEPTED.script().send(HEADER);
            case TLS_WANTED ->
                OPENED.script()
                        .send("<stream:features><starttls " + TLS + "><required/></starttls></stream:features>")
                        .expect("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            case PROCEEDED -> TLS_WANTED.script().send("<proceed " + TLS + "/>");
            case SECURED -> Transcript.begin().startTls().expect("<stream:stream");
            case OPENED_ANEW -> SECURED.script().send(HEADER);
            case SASL_BEGUN ->
                OPENED_ANEW
                        .script()
                        .send("<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                                + "<mechanism>PLAIN</mechanism></mechanisms></stream:features>")
                        .expect("</auth>");
            case SIGNED_IN ->
                SASL_BEGUN
                        .script()
                        .send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
                        .expect("<stream:stream");
            case BIND_BEGUN ->
                SIGNED_IN
                        .script()
                        .send(HEADER + "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
                                + "<sm xmlns='urn:xmpp:sm:3'/></stream:features>")
                        .expect(IQ_ID);
            case ENABLE_BEGUN ->
                BIND_BEGUN
                        .script()
                        .send("<iq type='result' id='{id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                                + "<jid>juliet@chat.test/balcony</jid></bind></iq>")
                        .expect("<enable");
        };
    }
}
