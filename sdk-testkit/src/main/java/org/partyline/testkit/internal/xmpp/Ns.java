package org.partyline.testkit.internal.xmpp;

/** Namespaces. */
public final class Ns {
    public static final String CLIENT = "jabber:client";
    public static final String STREAMS = "http://etherx.jabber.org/streams";
    public static final String FRAMING = "urn:ietf:params:xml:ns:xmpp-framing";
    public static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";
    public static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    public static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    public static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    public static final String SASL2 = "urn:xmpp:sasl:2";
    public static final String FAST = "urn:xmpp:fast:0";
    public static final String CHANNEL_BINDING = "urn:xmpp:sasl-cb:0";
    public static final String UPGRADE = "urn:xmpp:sasl:upgrade:0";
    public static final String SCRAM_UPGRADE = "urn:xmpp:scram-upgrade:0";
    public static final String BIND2 = "urn:xmpp:bind:0";
    public static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    public static final String SESSION = "urn:ietf:params:xml:ns:xmpp-session";
    public static final String SM = "urn:xmpp:sm:3";
    public static final String CSI = "urn:xmpp:csi:0";
    public static final String ROSTER = "jabber:iq:roster";
    public static final String ROSTER_VERSIONING = "urn:xmpp:features:rosterver";
    public static final String PRE_APPROVAL = "urn:xmpp:features:pre-approval";
    public static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    public static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    public static final String CAPS = "http://jabber.org/protocol/caps";
    public static final String PING = "urn:xmpp:ping";
    public static final String VERSION = "jabber:iq:version";
    public static final String CARBONS = "urn:xmpp:carbons:2";
    public static final String CARBONS_RULES = "urn:xmpp:carbons:rules:0";
    public static final String FORWARD = "urn:xmpp:forward:0";
    public static final String HINTS = "urn:xmpp:hints";
    public static final String BLOCKING = "urn:xmpp:blocking";
    public static final String BLOCKING_ERRORS = "urn:xmpp:blocking:errors";
    public static final String CHAT_STATES = "http://jabber.org/protocol/chatstates";
    public static final String RECEIPTS = "urn:xmpp:receipts";
    public static final String DELAY = "urn:xmpp:delay";
    public static final String ARCHIVE = "urn:xmpp:mam:2";
    public static final String ARCHIVE_EXTENDED = "urn:xmpp:mam:2#extended";
    public static final String STANZA_IDS = "urn:xmpp:sid:0";
    public static final String RESULT_SETS = "http://jabber.org/protocol/rsm";
    public static final String FORMS = "jabber:x:data";
    public static final String VALIDATION = "http://jabber.org/protocol/xdata-validate";
    public static final String ERRORS = "urn:xmpp:errors";

    private Ns() {}
}
