package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way finds what the parser finds, or nothing. That the whole decoder agrees with the JDK, X-DIFF shows. */
class PlainElementTest {
    private final PlainElement plain = new PlainElement();

    private @Nullable XmlElement read(String xml) {
        byte[] bytes = (">" + xml + "<").getBytes(StandardCharsets.UTF_8);
        return plain.read(bytes, 1, bytes.length - 1, "jabber:client");
    }

    private static XmlElement parse(String xml) throws XmlStreamException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        NamespaceScope scope = new NamespaceScope();
        scope.declare(0, "", 0, "jabber:client", 1);
        return new ElementReader(scope).element(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a></a>",
                "<presence from='a@b/c' xml:lang='en'><show>away</show><priority>1</priority></presence>",
                "<message type=\"chat\" id='1' from='a@b'><body>it's \"fine\" > ]] &#10;</body></message>",
                "<message to='\u20ac@b' id='>'><body>\u00e9t\u00e9 \ud83d\ude00\n\t </body> <x xmlns='u:x'><y z=''/></x>t</message>",
                "<iq xmlns='jabber:client' id='a' type='get'><ping xmlns='urn:xmpp:ping'/></iq>",
                "<a xmlns='u:1'><b/><c xmlns='u:2'><d/></c><e/></a>",
                "<a b='' xml:b='' c='1'>\u007f</a>",
            })
    void usualElements_areReadAsTheParserDoes(String xml) throws XmlStreamException {
        String without = xml.replace(" &#10;", "");
        XmlElement read = read(without);
        assertNotNull(read, without);
        assertEquals(parse(without), read);
        assertEquals(parse(without).toXml(), read.toXml());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Legal, and the parser's business
                "<a>&lt;</a>",
                "<a b='&amp;'/>",
                "<a><![CDATA[x]]></a>",
                "<p:a xmlns:p='u'/>",
                "<a p:b='1' xmlns:p='u'/>",
                "<a>line\r\nend</a>",
                "<a b='tab\there'/>",
                "<a b='line\nend'/>",
                "<a  b='1'/>",
                "<a b = '1'/>",
                "<a b='1' />",
                "<a></a >",
                "<a xmlns=''/>",
                "<\u00e9/>",
                "<a b='1' c='2' d='3' e='4' f='5' g='6' h='7' i='8' j='9'/>",
                // Not well-formed, in ways that the guard does not see
                "<a></b>",
                "<a><b></a></b>",
                "<a></ab>",
                "<ab></a>",
                "<a b='1' b='2'/>",
                "<a xml:b='1' xml:b='2'/>",
                "<a xmlns='u' xmlns='v'/>",
                "<a xmlns='http://www.w3.org/XML/1998/namespace'/>",
                "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
                // Not one element, which nobody hands over
                "<a>",
                "<a/><b/>",
                "<a/>t",
                "t<a/>",
                "</a>",
                "<a",
                "<a b",
                "<a b='",
                "<a b='1'",
                "<a/",
                "<",
                "</",
                "",
            })
    void whateverIsUnusual_isLeftToTheParser_andHarmsNothingThatFollows(String xml) {
        assertNull(read(xml), xml);
        assertEquals("<a xmlns=\"jabber:client\">t</a>".replace('"', '\''), shown(read("<a>t</a>")));
    }

    private static String shown(@Nullable XmlElement element) {
        return element == null ? "nothing" : element.toXml().replace('"', '\'');
    }

    @Test
    void depth_hasABound_beyondWhichTheParserGoesOn() {
        assertNotNull(read("<a>".repeat(32) + "</a>".repeat(32)));
        assertNull(read("<a>".repeat(33) + "</a>".repeat(33)));
    }

    @Test
    void names_areOneString_howeverOftenTheyCome() {
        XmlElement first = read("<message xmlns='urn:example:names'/>");
        XmlElement second = read("<message xmlns='urn:example:names'/>");
        assertNotNull(first);
        assertNotNull(second);
        assertSame(first.name(), second.name());
        assertSame(first.namespace(), second.namespace());
    }

    @Test
    void names_thatShareAPlace_areToldApart() {
        for (int i = 0; i < 20_000; i++) {
            String name = "n" + i + "x";
            assertEquals("{jabber:client}" + name, String.valueOf(read("<" + name + "/>")));
        }
    }
}
