package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class XmlStreamDecoderTest {
    static final String STREAMS = "http://etherx.jabber.org/streams";
    static final String HEADER = "<?xml version='1.0'?><stream:stream id='s1' xmlns='jabber:client' xmlns:stream='"
            + STREAMS + "' version='1.0' xml:lang='en'>";
    private static final String MESSAGE =
            "<message from='a@b' type=\"chat\"><body>x &lt;&#x41; \u00e9\u20ac\ud83d\ude00<![CDATA[<y>]]></body><e xmlns='urn:e'/></message>";
    private static final String WHOLE =
            HEADER + "<stream:features/> \n" + MESSAGE + " " + MESSAGE + "</stream:stream>\n";

    private static void assertWhole(Recorder heard) {
        assertEquals(
                List.of(XmlElement.builder(STREAMS, "stream")
                        .attribute("id", "s1")
                        .attribute("version", "1.0")
                        .language("en")
                        .build()),
                heard.headers);
        XmlElement message = XmlElement.builder("jabber:client", "message")
                .attribute("from", "a@b")
                .attribute("type", "chat")
                .textChild("body", "x <A \u00e9\u20ac\ud83d\ude00<y>")
                .child(XmlElement.of("urn:e", "e"))
                .build();
        assertEquals(List.of(XmlElement.of(STREAMS, "features"), message, message), heard.elements);
        assertEquals(1, heard.footers);
    }

    @Test
    void feed_streamCutAnywhere_isHeardTheSame() throws XmlStreamException {
        byte[] bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertWhole(new Recorder().feed(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)));
        }
    }

    @Test
    void feed_oneByteAtATime_isHeardTheSame() throws XmlStreamException {
        assertWhole(new Recorder().drip(WHOLE.getBytes(StandardCharsets.UTF_8)));
    }
}
