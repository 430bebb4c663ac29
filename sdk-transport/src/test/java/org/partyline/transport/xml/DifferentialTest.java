package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.xml.XmlStreamException.Condition;

@DisplayName("X-DIFF whatever the decoder accepts, the JDK's reader accepts too, and finds the same")
class DifferentialTest {
    private static final int CASES = 200_000;
    private static final List<String> SEEDS = List.of(
            "<?xml version='1.0' encoding='UTF-8'?><s:s xmlns='c' xmlns:s='t'><m a='1'>x</m></s:s>",
            "<s xmlns:p='u'><p:m p:a='&lt;&#x41;' b=\"'\">a&amp;b<![CDATA[<x>]]></p:m> <n/></s>",
            "<s><m xmlns='u' xml:lang='en'>\u00e9\u20ac\ud83d\ude00 ]] ></m>\n</s>",
            "<s><m><n xmlns=''/>\r\n<o xmlns:q='v' q:a='\t\n'>&#13;&#10;</o></m></s>",
            "<s><m a='\u20ac\ud83d\ude00'><\u00e9 \u00e9='\ud83d\ude00'/></m></s>",
            "<s><a><b><c>t</c>u</b>v</a></s>");
    private static final String[] PIECES = {
        "<",
        ">",
        "/>",
        "</",
        "'",
        "\"",
        "=",
        " ",
        "\n",
        "&",
        ";",
        "&#",
        "&#x0;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<!DOCTYPE s>",
        "xmlns=''",
        " xmlns:p=''",
        " xmlns:p='u'",
        " xmlns:xml='x'",
        " xmlns='http://www.w3.org/2000/xmlns/'",
        " xmlns:w='http://www.w3.org/XML/1998/namespace'",
        ":",
        "p:",
        "a='1'",
        " xml:space='preserve'",
        "\u00c0\u00bc",
        "\u00e0\u0080\u00bc",
        "\u00c0\u0080",
        "\u00c1\u00a1",
        "\u00f4\u0090\u0080\u0080",
        "\u00ed\u00a0\u0080",
        "\u00ef\u00bf\u00be",
        "\u00ef\u00bb\u00bf",
        "\u00c3\u00a9",
        "\u00c2\u00b7",
        "\u00e2\u0081\u00b0",
        "\u00f0\u0090\u0080\u0080",
        "\u0000",
        "\u001b",
        "<m/>",
        "<x>",
        "</x>",
        "&foo;",
        "&lt;",
        "-",
        ".",
        "1"
    };

    @Test
    void decoder_mutatedStreams_agreesWithTheJdk() {
        Random random = new Random(20261124);
        int accepted = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = mutate(random);
            Recorder heard = new Recorder();
            Condition condition = heard.failureOf(bytes);
            int cut = random.nextInt(bytes.length + 1);
            Recorder parts = new Recorder();
            // Of two faults in one element, how it is cut decides which is found first; that one is found is certain.
            assertEquals(
                    condition == null,
                    parts.failureOf(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)) == null,
                    () -> StaxOracle.show(bytes) + " cut at " + cut);
            assertEquals(heard.heard(), parts.heard(), () -> StaxOracle.show(bytes) + " cut at " + cut);
            if (condition == null && heard.footers == 1) {
                accepted++;
                XmlElement root = StaxOracle.read(bytes);
                assertTrue(root.text().isBlank(), () -> StaxOracle.show(bytes));
                List<XmlElement> expected = new ArrayList<>(List.of(StaxOracle.withoutChildren(root)));
                expected.addAll(root.children());
                List<XmlElement> actual = new ArrayList<>(heard.headers);
                actual.addAll(heard.elements);
                assertEquals(xml(expected), xml(actual), () -> StaxOracle.show(bytes));
                assertEquals(expected, actual, () -> StaxOracle.show(bytes));
            }
        }
        assertTrue(accepted > CASES / 50, "too few cases were accepted to tell anything: " + accepted);
    }

    private static List<String> xml(List<XmlElement> elements) {
        return elements.stream().map(XmlElement::toXml).toList();
    }

    private static byte[] mutate(Random random) {
        StringBuilder bytes = new StringBuilder(new String(
                SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(bytes.length());
            switch (random.nextInt(5)) {
                case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
                case 1 -> bytes.deleteCharAt(at);
                case 2 -> bytes.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 3 -> {
                    int end = Math.min(bytes.length(), at + 1 + random.nextInt(12));
                    bytes.insert(random.nextInt(bytes.length()), bytes.substring(at, end));
                }
                default -> {
                    int end = Math.min(bytes.length(), at + 1 + random.nextInt(3));
                    bytes.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
                }
            }
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
