package org.partyline.xmpp.internal.disco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.partyline.xmpp.internal.stanza.Xml;

/** The examples of XEP-0115 sections 5.2 and 5.3. */
class CapsHashTest {
    private static final String FEATURES = "<feature var='http://jabber.org/protocol/disco#items'/>"
            + "<feature var='http://jabber.org/protocol/caps'/>"
            + "<feature var='http://jabber.org/protocol/muc'/>"
            + "<feature var='http://jabber.org/protocol/disco#info'/>";

    private static String query(String content) {
        return "<query xmlns='http://jabber.org/protocol/disco#info'>" + content + "</query>";
    }

    @Test
    void simpleExample() {
        assertEquals(
                "QgayPKawpkPSDYmwT/WM94uAlu0=",
                CapsHash.of(
                        Xml.parse(query("<identity category='client' type='pc' name='Exodus 0.9.1'/>" + FEATURES))));
    }

    @Test
    void complexExample() {
        assertEquals(
                "q07IKJEyjvHSyhy//CH0CxmKi8w=",
                CapsHash.of(Xml.parse(query("<identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>"
                        + "<identity xml:lang='el' category='client' name='Ψ 0.11' type='pc'/>" + FEATURES
                        + "<x xmlns='jabber:x:data' type='result'>"
                        + "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>"
                        + "<field var='ip_version' type='text-multi'><value>ipv4</value><value>ipv6</value></field>"
                        + "<field var='os'><value>Mac</value></field>"
                        + "<field var='os_version'><value>10.5.1</value></field>"
                        + "<field var='software'><value>Psi</value></field>"
                        + "<field var='software_version'><value>0.11</value></field></x>"))));
    }

    @Test
    void twins_makeTheAnswerIllFormed() {
        assertNull(CapsHash.of(Xml.parse(query(FEATURES + FEATURES))));
        String identity = "<identity category='client' type='pc'/>";
        assertNull(CapsHash.of(Xml.parse(query(identity + identity))));
    }
}
