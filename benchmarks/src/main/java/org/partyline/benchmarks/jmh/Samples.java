package org.partyline.benchmarks.jmh;

import java.nio.charset.StandardCharsets;

/** What is decoded and encoded: sizes as in docs/performance.md. */
final class Samples {
    static final String HEADER =
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
    static final String MESSAGE = message();
    static final String PRESENCE = presence();

    private Samples() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String message() {
        String head = "<message xmlns='jabber:client' type='chat' id='0b9c5ff2-9a3c-4b52' from='juliet@capulet.example/"
                + "balcony' to='romeo@montague.example/orchard'><body>";
        String tail = "</body><request xmlns='urn:xmpp:receipts'/><origin-id xmlns='urn:xmpp:sid:0' "
                + "id='0b9c5ff2-9a3c-4b52'/></message>";
        return head + "a".repeat(342 - head.length() - tail.length()) + tail;
    }

    private static String presence() {
        StringBuilder presence = new StringBuilder("<presence xmlns='jabber:client' from='garden@rooms.capulet.example/"
                + "nurse' to='juliet@capulet.example/balcony'><show>away</show><status>");
        String tail = "</status><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='http://client.example/' "
                + "ver='QgayPKawpkPSDYmwT/WM94uAlu0='/><x xmlns='http://jabber.org/protocol/muc#user'>"
                + "<item affiliation='member' role='participant' jid='nurse@capulet.example/kitchen'/>"
                + "<status code='100'/><status code='110'/></x>";
        String extra = "<x xmlns='vcard-temp:x:update'><photo>01b87fcd030b72895ff8e88db57ec525450f000d</photo></x>";
        String end = "</presence>";
        StringBuilder rest = new StringBuilder(tail);
        while (presence.length() + rest.length() + extra.length() + end.length() + 100 < 1885) {
            rest.append(extra);
        }
        presence.append("b".repeat(1885 - presence.length() - rest.length() - end.length()));
        return presence.append(rest).append(end).toString();
    }
}
