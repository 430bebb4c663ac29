package org.partyline.xmpp.internal.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.trace.WireTrace.Kind;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlWriter;
import org.partyline.xmpp.internal.stanza.Xml;

class RedactionTest {
    private static final String CANARY = "c4nary";
    private final EncodedReader reader = new EncodedReader();

    static Stream<String> secrets() {
        return Stream.of(
                "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>c4nary</auth>",
                "<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>c4nary</response>",
                "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>c4nary</challenge>",
                "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>c4nary</success>",
                "<new xmlns='urn:ietf:params:xml:ns:xmpp-sasl' a='c4nary'><b xmlns='x' a='c4nary'>c4nary</b></new>",
                "<authenticate xmlns='urn:xmpp:sasl:2' mechanism='M'><initial-response>c4nary</initial-response>"
                        + "<user-agent id='c4nary'><device>c4nary</device></user-agent></authenticate>",
                "<response xmlns='urn:xmpp:sasl:2'>c4nary</response>",
                "<challenge xmlns='urn:xmpp:sasl:2'>c4nary</challenge>",
                "<success xmlns='urn:xmpp:sasl:2'><additional-data>c4nary</additional-data>"
                        + "<token xmlns='urn:xmpp:fast:0' expiry='2027' token='c4nary'/>"
                        + "<bound xmlns='urn:xmpp:bind:0'><enabled xmlns='urn:xmpp:sm:3' id='c4nary'/></bound></success>",
                "<continue xmlns='urn:xmpp:sasl:2'><additional-data>c4nary</additional-data></continue>",
                "<task-data xmlns='urn:xmpp:sasl:2'><hash xmlns='urn:xmpp:scram-upgrade:0'>c4nary</hash></task-data>",
                "<task-data xmlns='urn:xmpp:sasl:2'><totp xmlns='unknown' code='c4nary'>c4nary</totp></task-data>",
                "<enabled xmlns='urn:xmpp:sm:3' id='c4nary' resume='true'/>",
                "<resume xmlns='urn:xmpp:sm:3' previd='c4nary' h='1'/>",
                "<resumed xmlns='urn:xmpp:sm:3' previd='c4nary' h='1'/>",
                "<iq xmlns='jabber:client' id='1'><query xmlns='jabber:iq:register'><password>c4nary</password>"
                        + "<x xmlns='jabber:x:data'><field var='c4nary'><value>c4nary</value></field></x></query></iq>",
                "<iq xmlns='jabber:client' id='1'><query xmlns='jabber:iq:private'><n xmlns='n' a='c4nary'>c4nary</n></query></iq>",
                "<iq xmlns='jabber:client' id='1'><query xmlns='jabber:iq:auth'><digest>c4nary</digest></query></iq>",
                "<iq xmlns='jabber:client' id='1'><slot xmlns='urn:xmpp:http:upload:0'><put url='https://x/c4nary'>"
                        + "<header name='Authorization'>Basic c4nary</header></put><get url='https://x/c4nary'/></slot></iq>",
                "<iq xmlns='jabber:client' id='1'><services xmlns='urn:xmpp:extdisco:2'>"
                        + "<service host='h' username='c4nary' password='c4nary'/></services></iq>",
                "<iq xmlns='jabber:client' id='1'><enable xmlns='urn:xmpp:push:0' jid='x'><x xmlns='jabber:x:data'>"
                        + "<field var='secret'><value>c4nary</value></field></x></enable></iq>",
                "<presence xmlns='jabber:client' to='r@x/n'><x xmlns='http://jabber.org/protocol/muc'>"
                        + "<password>c4nary</password></x></presence>",
                "<message xmlns='jabber:client'><x xmlns='jabber:x:conference' jid='r@x' password='c4nary'/></message>",
                "<message xmlns='jabber:client'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
                        + "<message xmlns='jabber:client'><x xmlns='http://jabber.org/protocol/muc#user'>"
                        + "<password>c4nary</password></x></message></forwarded></received></message>");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    @DisplayName("T-LOG-1: what gives access is taken out before it is kept")
    void secret_isNotEvenKept(String xml) {
        XmlElement element = Xml.parse(xml);
        Kept kept = Kept.element(0, 0, Kind.RECEIVED, 1, element);
        XmlElement content = (XmlElement) kept.content();

        assertFalse(content.toXml().contains(CANARY), content::toXml);
        assertEquals(element.name(), content.name());
        assertEquals(element.nodeCount(), content.nodeCount());
        assertFalse(kept.text(true, reader).contains(CANARY));
        assertFalse(kept.text(true, reader).contains("characters]"), "the length of a secret is shown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message xmlns='jabber:client'><thread>c4nary</thread></message>",
                "<message xmlns='jabber:client'>c4nary</message>",
                "<message xmlns='jabber:client' other='c4nary'/>",
                "<message xmlns='jabber:client'><html xmlns='x'><body xmlns='y'>c4nary</body></html></message>",
                "<message xmlns='jabber:client'><unknown xmlns='x' a='c4nary' id='c4nary'>c4nary</unknown></message>",
                "<message xmlns='jabber:client'><delay xmlns='urn:xmpp:delay'>c4nary</delay></message>",
                "<message xmlns='jabber:client'><ping xmlns='urn:xmpp:ping'><new xmlns='x'>c4nary</new></ping></message>",
                "<presence xmlns='jabber:client'><x xmlns='vcard-temp:x:update'><photo>c4nary</photo></x></presence>",
                "<iq xmlns='jabber:client'><query xmlns='jabber:iq:roster'><item jid='a@b' name='c4nary'>"
                        + "<group>c4nary</group></item></query></iq>",
                "<iq xmlns='jabber:client'><vCard xmlns='vcard-temp'><FN>c4nary</FN></vCard></iq>",
                "<iq xmlns='jabber:client'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='n'>"
                        + "<item id='c4nary'><tune xmlns='t'>c4nary</tune></item></publish></pubsub></iq>",
                "<iq xmlns='jabber:client'><query xmlns='x'><a xmlns='jabber:x:data'><value>c4nary</value></a></query></iq>",
                "<unheardOf xmlns='x' a='c4nary'>c4nary</unheardOf>"
            })
    void whatNoRowAllows_isShownByItsLength(String xml) {
        String shown = Kept.element(0, 0, Kind.RECEIVED, 1, Xml.parse(xml)).text(true, reader);

        assertFalse(shown.contains(CANARY), shown);
        assertTrue(shown.contains("[6 characters]"), shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message xmlns='jabber:client'><body>c4nary</body></message>",
                "<message xmlns='jabber:client'><subject>c4nary</subject></message>",
                "<message xmlns='jabber:client'><nick xmlns='http://jabber.org/protocol/nick'>c4nary</nick></message>",
                "<presence xmlns='jabber:client'><status>c4nary</status></presence>"
            })
    void whatPeopleWrote_isShownIfAskedForAlone(String xml) {
        Kept kept = Kept.element(0, 0, Kind.RECEIVED, 1, Xml.parse(xml));

        assertTrue(kept.text(false, reader).contains("[6 characters]"));
        assertFalse(kept.text(false, reader).contains(CANARY));
        assertTrue(kept.text(true, reader).contains(CANARY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message xmlns='jabber:client' from='a@b/c' to='d@e' id='i1' type='chat' xml:lang='de'/>",
                "<iq xmlns='jabber:client' id='i1' type='error'><error type='cancel'>"
                        + "<gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>xmpp:x@y</gone></error></iq>",
                "<a xmlns='urn:xmpp:sm:3' h='7'/>",
                "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>",
                "<message xmlns='jabber:client'><received xmlns='urn:xmpp:receipts' id='i2'/></message>",
                "<presence xmlns='jabber:client'><show>away</show><c xmlns='http://jabber.org/protocol/caps' ver='v='/></presence>"
            })
    void protocol_isShownAsItIs_andKeptWithoutACopy(String xml) {
        XmlElement element = Xml.parse(xml);

        assertSame(element, Kept.element(0, 0, Kind.SENT, 1, element).content());
        assertEquals(element, Redactor.shown(element, false, Integer.MAX_VALUE));
    }

    @Test
    void message_isKeptAsTheBytesThatWereWritten() {
        byte[] encoded = XmlWriter.encode(
                Xml.parse(
                        "<message xmlns='jabber:client' to='a@b'><body>c4nary</body><x xmlns='jabber:x:conference' password='p4ss'/></message>"));
        Kept kept = Kept.encoded(0, 0, 1, encoded, reader);

        assertSame(encoded, kept.content());
        assertEquals(
                "<message xmlns='jabber:client' to='a@b'>\n  <body>[6 characters]</body>\n"
                        + "  <x xmlns='jabber:x:conference' password='[secret]'/>\n</message>",
                kept.text(false, reader));
    }

    @Test
    void encodedRequest_losesItsSecretsBeforeItIsKept() {
        byte[] encoded = XmlWriter.encode(
                Xml.parse("<iq xmlns='jabber:client'><query xmlns='jabber:iq:private'>c4nary</query></iq>"));
        Kept kept = Kept.encoded(0, 0, 1, encoded, reader);

        assertFalse(((XmlElement) kept.content()).toXml().contains(CANARY));
    }
}
