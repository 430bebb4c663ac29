package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.partyline.transport.xml.XmlStreamException.Condition.BAD_FORMAT;
import static org.partyline.transport.xml.XmlStreamException.Condition.NOT_WELL_FORMED;
import static org.partyline.transport.xml.XmlStreamException.Condition.RESTRICTED_XML;
import static org.partyline.transport.xml.XmlStreamException.Condition.UNSUPPORTED_ENCODING;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.transport.xml.XmlStreamException.Condition;

/** Each case is fed whole, cut at every position, and byte by byte; the outcome must not depend on it. */
class HostileBytesTest {
    private static final String OPEN = "<s:stream xmlns='jabber:client' xmlns:s='http://etherx.jabber.org/streams'>";
    private static final String CLOSE = "<after/>";

    /** Bytes given as ISO-8859-1 text, so that {@code \u00c0} is the byte C0. */
    record Case(String what, String bytes, Condition condition) {
        byte[] raw() {
            return bytes.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Case text(String what, String text, Condition condition) {
        return new Case(what, OPEN + "<m><b>a" + text + "b</b></m>" + CLOSE, condition);
    }

    private static Case stanza(String what, String stanza, Condition condition) {
        return new Case(what, OPEN + stanza + CLOSE, condition);
    }

    private static Case first(String what, String prolog, Condition condition) {
        return new Case(what, prolog + OPEN + CLOSE, condition);
    }

    static Stream<Case> hostile() {
        return Stream.of(encodings(), characters(), markup(), structure()).flatMap(List::stream);
    }

    private static List<Case> encodings() {
        List<Case> cases = new ArrayList<>();
        String[] sequences = {
            "\u00c0\u00bcx/>",
            "\u00e0\u0080\u00bc",
            "\u00c0\u0080",
            "\u00c0\u009b",
            "\u00c1\u00a1",
            "\u00f4\u0090\u0080\u0080",
            "\u00f0\u0080\u0080\u00bc",
            "\u00c3(",
            "\u00e2\u0082",
            "\u00f0\u009f\u0098",
            "\u0080",
            "\u00bf",
            "\u00ed\u00a0\u0080",
            "\u00ed\u00b0\u0080",
            "\u00ed\u00a0\u0081\u00ed\u00b0\u0080",
            "\u00f8\u0088\u0080\u0080\u0080",
            "\u00fc\u0084\u0080\u0080\u0080\u0080",
            "\u00fe",
            "\u00ff",
            "\u00f5\u0080\u0080\u0080",
            "\u00ef\u00bf"
        };
        for (String bad : sequences) {
            StringBuilder hex = new StringBuilder();
            bad.chars().forEach(c -> hex.append(String.format("%02X ", c)));
            cases.add(text(hex + "in text", bad, UNSUPPORTED_ENCODING));
            cases.add(stanza(hex + "in an attribute", "<m a='" + bad + "'/>", UNSUPPORTED_ENCODING));
            cases.add(stanza(hex + "in a CDATA section", "<m><![CDATA[" + bad + "]]></m>", UNSUPPORTED_ENCODING));
            cases.add(stanza(hex + "in a name", "<m" + bad + "/>", UNSUPPORTED_ENCODING));
        }
        cases.add(stanza("C1 A1 within an element's name", "<mess\u00c1\u00a1ge/>", UNSUPPORTED_ENCODING));
        cases.add(stanza("C0 A7 closing an attribute", "<m a='x\u00c0\u00a7 b=\u00c0\u00a7y'/>", UNSUPPORTED_ENCODING));
        cases.add(first("encoding ISO-8859-1", "<?xml version='1.0' encoding='ISO-8859-1'?>", UNSUPPORTED_ENCODING));
        cases.add(first("encoding UTF-16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", UNSUPPORTED_ENCODING));
        cases.add(first("a byte order mark", "\u00ef\u00bb\u00bf", NOT_WELL_FORMED));
        cases.add(first("UTF-16, big-endian, marked", "\u00fe\u00ff\u0000", NOT_WELL_FORMED));
        cases.add(first("UTF-16, little-endian, marked", "\u00ff\u00fe", NOT_WELL_FORMED));
        cases.add(new Case("UTF-16, big-endian", utf16(StandardCharsets.UTF_16BE), NOT_WELL_FORMED));
        cases.add(new Case("UTF-16, little-endian", utf16(StandardCharsets.UTF_16LE), NOT_WELL_FORMED));
        return cases;
    }

    private static String utf16(Charset charset) {
        return new String(OPEN.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    private static List<Case> characters() {
        List<Case> cases = new ArrayList<>();
        for (char c = 0; c < 0x20; c++) {
            if (c != '\t' && c != '\n' && c != '\r') {
                String what = String.format("raw U+%04X ", (int) c);
                cases.add(text(what + "in text", "" + c, NOT_WELL_FORMED));
                cases.add(stanza(what + "in an attribute", "<m a='" + c + "'/>", NOT_WELL_FORMED));
                cases.add(stanza(what + "in a CDATA section", "<m><![CDATA[" + c + "]]></m>", NOT_WELL_FORMED));
                cases.add(stanza(what + "between elements", "" + c, BAD_FORMAT));
            }
        }
        for (String bad : List.of("\u00ef\u00bf\u00be", "\u00ef\u00bf\u00bf")) {
            cases.add(text("a noncharacter of the BMP in text", bad, NOT_WELL_FORMED));
            cases.add(stanza("a noncharacter of the BMP in an attribute", "<m a='" + bad + "'/>", NOT_WELL_FORMED));
        }
        for (String reference : List.of(
                "&#0;",
                "&#x0;",
                "&#8;",
                "&#xD800;",
                "&#xDFFF;",
                "&#xFFFE;",
                "&#65535;",
                "&#x110000;",
                "&#4294967356;",
                "&#x10000003C;",
                "&#;",
                "&#x;",
                "&#xg;",
                "&#1a;",
                "&#-1;",
                "&#X41;",
                "&;",
                "& ;",
                "&lt",
                "&#65 ;")) {
            cases.add(text(reference + " in text", reference, NOT_WELL_FORMED));
            cases.add(stanza(reference + " in an attribute", "<m a='" + reference + "'/>", NOT_WELL_FORMED));
        }
        for (String entity : List.of("&foo;", "&nbsp;", "&LT;", "&l;", "&ampx;", "&lol9;")) {
            cases.add(text(entity + " in text", entity, RESTRICTED_XML));
            cases.add(stanza(entity + " in an attribute", "<m a='" + entity + "'/>", RESTRICTED_XML));
        }
        return cases;
    }

    private static List<Case> markup() {
        return List.of(
                text("]]> in text", "]]>", NOT_WELL_FORMED),
                text("]]]> in text", "]]]>", NOT_WELL_FORMED),
                stanza("]]> behind a CDATA section", "<m><![CDATA[]]>]]></m>", NOT_WELL_FORMED),
                stanza("a prefix bound to nothing", "<m xmlns:p=''/>", NOT_WELL_FORMED),
                first("XML 1.1", "<?xml version='1.1'?>", RESTRICTED_XML),
                first("an XML declaration without a version", "<?xml encoding='UTF-8'?>", NOT_WELL_FORMED),
                first(
                        "an XML declaration with standalone before encoding",
                        "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>",
                        NOT_WELL_FORMED),
                first("an XML declaration behind white space", " <?xml version='1.0'?>", RESTRICTED_XML),
                first("two XML declarations", "<?xml version='1.0'?><?xml version='1.0'?>", RESTRICTED_XML),
                first("a processing instruction first", "<?xml-stylesheet href='x'?>", RESTRICTED_XML),
                first(
                        "DOCTYPE with an external identifier",
                        "<!DOCTYPE s SYSTEM 'file:///etc/passwd'>",
                        RESTRICTED_XML),
                first("DOCTYPE", "<!DOCTYPE s>", RESTRICTED_XML),
                first(
                        "T-XML-4 billion laughs",
                        "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol1 '&lol;&lol;&lol;'>]>",
                        RESTRICTED_XML),
                stanza("DOCTYPE between elements", "<!DOCTYPE s>", RESTRICTED_XML),
                stanza("DOCTYPE within an element", "<m><!DOCTYPE s></m>", RESTRICTED_XML),
                stanza("a processing instruction", "<m><?php x?></m>", RESTRICTED_XML),
                stanza("an XML declaration within an element", "<m><?xml version='1.0'?></m>", RESTRICTED_XML),
                stanza("a processing instruction between elements", "<?x?>", RESTRICTED_XML),
                stanza("a comment", "<m><!-- x --></m>", RESTRICTED_XML),
                stanza("a comment between elements", "<!-- x -->", RESTRICTED_XML),
                stanza("<![cdata[", "<m><![cdata[x]]></m>", NOT_WELL_FORMED),
                stanza("a CDATA section between elements", "<![CDATA[ ]]>", BAD_FORMAT),
                stanza("text between elements", "x", BAD_FORMAT),
                stanza("a reference between elements", "&#32;", BAD_FORMAT));
    }

    private static List<Case> structure() {
        return List.of(
                stanza("an end tag that does not match", "<m><b></m></b>", NOT_WELL_FORMED),
                stanza("an attribute twice", "<m a='1' a='2'/>", NOT_WELL_FORMED),
                stanza(
                        "an attribute twice by two prefixes",
                        "<m xmlns:p='u' xmlns:q='u' p:a='1' q:a='2'/>",
                        NOT_WELL_FORMED),
                stanza("an unbound prefix", "<p:m/>", NOT_WELL_FORMED),
                stanza("an unbound prefix of an attribute", "<m p:a='1'/>", NOT_WELL_FORMED),
                stanza("the prefix xml bound anew", "<m xmlns:xml='u'/>", NOT_WELL_FORMED),
                stanza("the prefix xmlns bound", "<m xmlns:xmlns='u'/>", NOT_WELL_FORMED),
                stanza("a < in an attribute", "<m a='<'/>", NOT_WELL_FORMED),
                stanza("an attribute without a value", "<m a/>", NOT_WELL_FORMED),
                stanza("an attribute without quotes", "<m a=1/>", NOT_WELL_FORMED),
                stanza("attributes without white space between", "<m a='1'b='2'/>", NOT_WELL_FORMED),
                stanza("a name that begins with a digit", "<1/>", NOT_WELL_FORMED),
                stanza("a name that begins with a space", "< m/>", NOT_WELL_FORMED),
                stanza("two slashes", "<m//>", NOT_WELL_FORMED),
                stanza("an end tag with an attribute", "<m></m a='1'>", NOT_WELL_FORMED),
                stanza("an end tag without a name", "<m></>", NOT_WELL_FORMED),
                stanza("a name of two colons", "<s:a:b/>", NOT_WELL_FORMED),
                new Case("the wrong end of the root", OPEN + "</stream>", NOT_WELL_FORMED),
                new Case("an end without a root", "</s>", NOT_WELL_FORMED),
                new Case("text before the root", "HTTP/1.1 400 Bad Request\r\n", NOT_WELL_FORMED),
                new Case("text behind the root", OPEN + "</s:stream>x", NOT_WELL_FORMED),
                new Case("a second root", OPEN + "</s:stream>" + OPEN, NOT_WELL_FORMED));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @DisplayName("T-XML-1 hostile bytes end the stream wherever they are cut, and nothing of them is delivered")
    void feed_hostileBytes_isRefused(Case hostile) {
        byte[] raw = hostile.raw();
        for (int cut = 0; cut <= raw.length; cut++) {
            Recorder heard = new Recorder();
            assertEquals(
                    hostile.condition,
                    heard.failureOf(Arrays.copyOf(raw, cut), Arrays.copyOfRange(raw, cut, raw.length)),
                    "cut at " + cut);
            assertEquals(List.of(), heard.elements, "cut at " + cut);
        }
        Recorder dripped = new Recorder();
        XmlStreamException failure = assertThrows(XmlStreamException.class, () -> dripped.drip(raw));
        assertEquals(hostile.condition, failure.condition());
        assertEquals(List.of(), dripped.elements);
    }

    static Stream<String> legal() {
        return Stream.of(
                "<?xml version='1.0'?>",
                "<?xml version=\"1.0\" encoding=\"utf-8\" ?>",
                "<?xml\n version = '1.0'\tencoding='UTF-8' standalone='no'?>\r\n",
                " \n",
                "");
    }

    @ParameterizedTest
    @MethodSource("legal")
    @DisplayName("T-XML-1 legal beginnings and contents are accepted wherever they are cut")
    void feed_legalBytes_isAccepted(String beginning) throws XmlStreamException {
        String content =
                "a]]b]>c > \t\r\n\u007f\u0085\u07ff\u0800\ud7ff\ue000\ufffd\ud800\udc00\udbff\udfff&amp;&lt;&gt;&quot;&apos;&#x10FFFF;&#9;&#000065;";
        byte[] raw = (beginning + OPEN + "<m\n a = \"'>" + content.replace("<", "") + "\"  b='\"/'\t><![CDATA[]]<&>]]]>"
                        + content + "<xmlns/><x xmls='' xm='' xmlnsx='1'/></m\n>\n<n/></s:stream >\n")
                .getBytes(StandardCharsets.UTF_8);
        List<Object> whole = new Recorder().feed(raw).heard();
        assertEquals(4, whole.size());
        for (int cut = 0; cut <= raw.length; cut++) {
            assertEquals(
                    whole,
                    new Recorder()
                            .feed(Arrays.copyOf(raw, cut), Arrays.copyOfRange(raw, cut, raw.length))
                            .heard(),
                    "cut at " + cut);
        }
        assertEquals(whole, new Recorder().drip(raw).heard());
    }

    @Test
    void feed_elementBeforeHostileBytes_isDelivered() {
        Recorder heard = new Recorder();
        assertEquals(RESTRICTED_XML, heard.failureOf((OPEN + "<a/><b/><c><!--").getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of(XmlElement.of("jabber:client", "a"), XmlElement.of("jabber:client", "b")), heard.elements);
    }

    @Test
    void feed_afterFailure_throwsTheSame() {
        Recorder heard = new Recorder();
        XmlStreamException first = assertThrows(XmlStreamException.class, () -> heard.feed("<!-"));
        assertSame(first, assertThrows(XmlStreamException.class, () -> heard.feed(OPEN)));
    }

    @Test
    void failure_ofAnyCase_quotesNothingOfThePeers() {
        Recorder heard = new Recorder();
        XmlStreamException failure =
                assertThrows(XmlStreamException.class, () -> heard.feed(OPEN + "<secret></other>"));
        assertNotNull(failure.getMessage());
        assertEquals("not-well-formed: ill-formed markup", failure.getMessage());
        assertNull(failure.getCause());
    }

    @Test
    @DisplayName("T-XML-2 a message nested in another is never delivered as one of its own")
    void feed_nestedMessages_deliversTheOutermostAlone() throws XmlStreamException {
        Recorder heard = new Recorder()
                .feed(OPEN + "<message><body>x</body>" + "<message>".repeat(5) + "</message>".repeat(5) + "</message>");
        assertEquals(1, heard.elements.size());
        int depth = 0;
        XmlElement inner = heard.elements.get(0).child("message");
        while (inner != null) {
            depth++;
            inner = inner.child("message");
        }
        assertEquals(5, depth);
    }
}
