package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.xml.XmlStreamDecoder.Framing;

class DecoderLifeTest {
    private static final String STREAMS = "http://etherx.jabber.org/streams";
    private static final String OPEN =
            "<stream:stream xmlns='jabber:client' xmlns:stream='" + STREAMS + "' xmlns:db='a&apos;&lt;b'>";
    private static final String BODY =
            "<message><body>one</body></message> <stream:features/>\n<db:r a='1'/><iq><q xmlns='u'/></iq>";
    private static final String CLOSE = "</stream:stream>";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void idle_betweenAnyTwoBytes_changesNothing() throws XmlStreamException {
        byte[] bytes = utf8("<?xml version='1.0'?>" + OPEN + BODY + CLOSE);
        List<Object> expected = new Recorder().feed(bytes).heard();
        assertEquals(6, expected.size());
        Recorder heard = new Recorder();
        for (byte b : bytes) {
            heard.feed(new byte[] {b});
            heard.decoder.idle();
        }
        assertEquals(expected, heard.heard());
    }

    @Test
    void idle_thenHostileBytes_areStillRefused() throws XmlStreamException {
        Recorder heard = new Recorder().feed(OPEN + "<a/>");
        heard.decoder.idle();
        assertEquals(XmlStreamException.Condition.RESTRICTED_XML, heard.failureOf(utf8("<?xml version='1.0'?>")));
        Recorder other = new Recorder().feed(OPEN);
        other.decoder.idle();
        assertEquals(XmlStreamException.Condition.NOT_WELL_FORMED, other.failureOf(utf8("</stream>")));
    }

    @Test
    void isBetweenElements_followsTheBytes() throws XmlStreamException {
        Recorder heard = new Recorder();
        assertTrue(heard.decoder.isBetweenElements());
        assertFalse(heard.feed("<").decoder.isBetweenElements());
        assertFalse(heard.feed("?xml version='1.0'?").decoder.isBetweenElements());
        assertTrue(heard.feed(">").decoder.isBetweenElements());
        assertTrue(heard.feed(OPEN).decoder.isBetweenElements());
        assertFalse(heard.feed(" <").decoder.isBetweenElements());
        assertFalse(heard.feed("a>").decoder.isBetweenElements());
        assertTrue(heard.feed("</a> ").decoder.isBetweenElements());
    }

    /** Resets the decoder when it hears of its n-th thing. */
    private static final class Resetting implements XmlStreamSink {
        final XmlStreamDecoder decoder;
        final List<Object> heard = new ArrayList<>();
        final List<Integer> unread = new ArrayList<>();
        private final int resetAt;

        Resetting(Framing framing, int resetAt) {
            this.resetAt = resetAt;
            decoder = new XmlStreamDecoder(framing, XmlLimits.DEFAULT, this);
        }

        private void hear(Object what) {
            heard.add(what);
            unread.add(decoder.unread());
            if (heard.size() == resetAt) {
                decoder.reset();
            }
        }

        @Override
        public void onHeader(XmlElement root) {
            hear(root);
        }

        @Override
        public void onElement(XmlElement element) {
            hear(element);
        }

        @Override
        public void onFooter() {
            hear("footer");
        }
    }

    @Test
    void reset_withinTheSinkAtAnyBoundary_startsANewStream() throws XmlStreamException {
        String[] parts = {OPEN, "<message/>", "<stream:features/>", "<iq><q xmlns='u'/></iq>", CLOSE};
        String second = "<?xml version='1.0'?><s xmlns='v'><w/></s>";
        for (int resetAt = 1; resetAt <= parts.length; resetAt++) {
            byte[] bytes = utf8(String.join("", List.of(parts).subList(0, resetAt)) + second);
            Resetting whole = new Resetting(Framing.STREAM, resetAt);
            whole.decoder.feed(bytes, 0, bytes.length);
            assertEquals(resetAt + 3, whole.heard.size());
            assertEquals(XmlElement.of("v", "w"), whole.heard.get(resetAt + 1));
            assertEquals(utf8(second).length, whole.unread.get(resetAt - 1));

            Resetting dripped = new Resetting(Framing.STREAM, resetAt);
            for (int i = 0; i < bytes.length; i++) {
                dripped.decoder.feed(bytes, i, 1);
            }
            assertEquals(whole.heard, dripped.heard);
            assertTrue(dripped.unread.stream().allMatch(n -> n == 0));
        }
    }

    @Test
    void reset_atTheHeaderOfAnEmptyRoot_givesNoFooter() throws XmlStreamException {
        Resetting heard = new Resetting(Framing.STREAM, 1);
        byte[] bytes = utf8("<s/>");
        heard.decoder.feed(bytes, 0, bytes.length);
        assertEquals(List.of(XmlElement.of("", "s")), heard.heard);
    }

    @Test
    void reset_withinAnElement_forgetsIt() throws XmlStreamException {
        Recorder heard = new Recorder().feed(OPEN + "<message><body>half \u20ac");
        heard.decoder.reset();
        heard.feed("<s><a/>");
        assertEquals(List.of(XmlElement.of("", "a")), heard.elements);
    }

    @Test
    @DisplayName("T-STL-2 the sink sees that bytes follow <proceed/>, white space too")
    void unread_behindAnElement_countsEveryByte() throws XmlStreamException {
        for (String trailing : List.of("", " ", "<stream:features/>")) {
            Resetting heard = new Resetting(Framing.STREAM, 0);
            byte[] bytes = utf8(OPEN + "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + trailing);
            heard.decoder.feed(bytes, 0, bytes.length);
            assertEquals(trailing.length(), heard.unread.get(1));
            assertEquals(0, heard.decoder.unread());
        }
    }

    @Test
    void documents_areEachHeardByThemselves() throws XmlStreamException {
        String text =
                "<open xmlns='urn:f' to='x'/><?xml version='1.0'?><message xmlns='jabber:client'><body>x</body></message> \n"
                        + "<s:features xmlns:s='" + STREAMS + "'/>";
        Recorder whole = new Recorder(Framing.DOCUMENTS, XmlLimits.DEFAULT).feed(text);
        assertEquals(3, whole.elements.size());
        assertEquals(XmlElement.of(STREAMS, "features"), whole.elements.get(2));
        assertTrue(whole.headers.isEmpty());
        assertEquals(0, whole.footers);
        Recorder dripped = new Recorder(Framing.DOCUMENTS, XmlLimits.DEFAULT);
        for (byte b : utf8(text)) {
            dripped.feed(new byte[] {b});
            dripped.decoder.idle();
        }
        assertEquals(whole.elements, dripped.elements);
    }

    @Test
    void documents_shareNoNamespaces() {
        Recorder heard = new Recorder(Framing.DOCUMENTS, XmlLimits.DEFAULT);
        assertEquals(
                XmlStreamException.Condition.NOT_WELL_FORMED,
                heard.failureOf(utf8("<p:a xmlns:p='u'/>"), utf8("<p:b/>")));
        assertEquals(1, heard.elements.size());
        assertEquals(
                XmlStreamException.Condition.NOT_WELL_FORMED,
                new Recorder(Framing.DOCUMENTS, XmlLimits.DEFAULT).failureOf(utf8("</d>")));
    }

    @Test
    void feed_withinTheSink_isRefused() {
        Recorder inner = new Recorder() {
            @Override
            public void onHeader(XmlElement root) {
                assertThrows(IllegalStateException.class, () -> decoder.feed(new byte[1], 0, 1));
                super.onHeader(root);
            }
        };
        assertNull(inner.failureOf(utf8("<s>")));
        assertEquals(1, inner.headers.size());
    }

    @Test
    @DisplayName("T-XML-5 a tree of depth 64 is built, written, compared and hashed on a small stack")
    void deepTree_onASmallStack_survives() throws Exception {
        List<Object> results = new ArrayList<>();
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        String nested = "<a>".repeat(64) + "</a>".repeat(64);
                        XmlElement one =
                                new Recorder().feed("<s>" + nested).elements.get(0);
                        XmlElement two = new Recorder()
                                .feed("<s>" + one.toXml())
                                .elements
                                .get(0);
                        results.add(one.equals(two) && one.hashCode() == two.hashCode());
                        // Trees made by hand may be deeper; they survive as well.
                        XmlElement left = XmlElement.of("", "a");
                        XmlElement right = XmlElement.of("", "a");
                        for (int i = 0; i < 100_000; i++) {
                            left = XmlElement.builder("", "a").child(left).build();
                            right = XmlElement.builder("", "a").child(right).build();
                        }
                        results.add(left.equals(right) && left.toXml().equals(right.toXml()));
                    } catch (XmlStreamException | StackOverflowError e) {
                        results.add(e);
                    }
                },
                "small-stack",
                256 * 1024);
        small.start();
        small.join();
        assertEquals(List.of(true, true), results);
    }
}
