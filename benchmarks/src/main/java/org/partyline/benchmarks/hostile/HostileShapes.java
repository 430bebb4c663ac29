package org.partyline.benchmarks.hostile;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Stanzas of exactly the largest size that a stream takes, each of the shape that is worst for one part of a codec. */
public final class HostileShapes {
    /** L1: the bytes of the largest stanza. */
    public static final int BYTES = 512 * 1024;

    /** What an honest server sends that is as large: a roster of some thousand contacts (RFC 6121 section 2.1.4). */
    public static final String BENIGN = "a roster";

    private static final int ELEMENTS = 8_192;
    private static final int DEPTH = 64;
    private static final int ATTRIBUTES = 64;
    private static final int DECLARATIONS = 16;
    private static final int NAME = 250;
    private static final int VALUE = 8_000;
    private static final String OPENING = "<message>";
    private static final String END = "</message>";

    private HostileShapes() {}

    /** {@return the shapes by name, the benign one first} */
    public static Map<String, byte[]> all() {
        Map<String, byte[]> shapes = new LinkedHashMap<>();
        shapes.put(BENIGN, filled(HostileShapes::contact, (ELEMENTS - 2) / 2));
        shapes.put("one text", one("<body>" + "benign ".repeat(74_000) + "</body>"));
        shapes.put("empty elements, as many as may be", filled(i -> "<a/>", ELEMENTS - 2));
        shapes.put("elements and texts by turns", filled(i -> "<a/>t", ELEMENTS - 2));
        shapes.put("elements with text, as many as may be", filled(i -> "<a>" + "t".repeat(55) + "</a>", ELEMENTS - 2));
        shapes.put("declarations of one prefix each", filled(i -> "<a xmlns:b='c' xmlns='" + i + "'/>", ELEMENTS - 2));
        shapes.put("ever new prefixes", filled(i -> newPrefixes(i), ELEMENTS - 2));
        shapes.put("as many declarations in scope as may be", one(scoped()));
        shapes.put("as many attributes as may be", filled(i -> "<a" + attributes(i, "", false) + "/>", ELEMENTS - 2));
        shapes.put(
                "prefixed attributes, as many as may be",
                filled(i -> "<a xmlns:p='u'" + attributes(i, "p:", false) + "/>", ELEMENTS - 2));
        shapes.put("attributes of ever new names", filled(i -> "<a" + attributes(i, "", true) + "/>", ELEMENTS - 2));
        shapes.put("as deep as may be", filled(i -> deep(), (ELEMENTS - 2) / (DEPTH - 2)));
        shapes.put("as deep as may be, with texts between", filled(i -> deepWithText(), (ELEMENTS - 2) / (DEPTH - 2)));
        shapes.put("references", one(filledText("&#x10FFFF;")));
        shapes.put("short references", one(filledText("&lt;")));
        shapes.put("references and characters by turns", one(filledText("a&#9;")));
        shapes.put("CDATA sections", one(filledText("<![CDATA[a]]>")));
        shapes.put("empty CDATA sections", one(filledText("<![CDATA[]]>")));
        shapes.put("brackets", one(filledText("]")));
        shapes.put("characters of four bytes", one(filledText("\ud83d\ude00")));
        shapes.put("characters of two bytes", one(filledText("\u00e9")));
        shapes.put("characters of one byte and of three", one(filledText("a\u20ac")));
        shapes.put("line ends", one(filledText("\r\n")));
        shapes.put("carriage returns", one(filledText("\r")));
        shapes.put("long values", filled(i -> "<a b='" + "v".repeat(VALUE) + "'/>", ELEMENTS - 2));
        shapes.put("values of references", filled(i -> "<a b='" + "&#9;".repeat(VALUE / 4) + "'/>", ELEMENTS - 2));
        shapes.put("values of tabs", filled(i -> "<a b='" + "\t".repeat(VALUE) + "'/>", ELEMENTS - 2));
        shapes.put("ever new short names", filled(i -> "<n" + i + "/>", ELEMENTS - 2));
        shapes.put("ever new long names", filled(i -> "<" + "n".repeat(NAME - 8) + i + "/>", ELEMENTS - 2));
        shapes.put("names of one hash", filled(i -> "<" + CollidingNames.name(i) + "/>", ELEMENTS - 2));
        shapes.put("attributes with names of one hash", filled(HostileShapes::collidingAttributes, ELEMENTS - 2));
        shapes.put("white space in tags", filled(i -> "<a" + " ".repeat(50) + "/>", ELEMENTS - 2));
        return shapes;
    }

    private static String contact(int number) {
        return "<item jid='contact" + number + "@montague.example' name='Contact " + number
                + "' subscription='both'><group>Verona &amp; Mantua</group></item>";
    }

    private static String newPrefixes(int element) {
        StringBuilder tag = new StringBuilder("<a");
        for (int i = 0; i < DECLARATIONS; i++) {
            tag.append(" xmlns:p")
                    .append(Integer.toString(element * DECLARATIONS + i, Character.MAX_RADIX))
                    .append("='u'");
        }
        return tag.append("/>").toString();
    }

    private static String scoped() {
        StringBuilder open = new StringBuilder();
        StringBuilder close = new StringBuilder();
        int prefix = 0;
        for (int level = 0; level < 7; level++) {
            open.append("<a");
            for (int i = 0; i < DECLARATIONS; i++) {
                open.append(" xmlns:p")
                        .append(prefix++)
                        .append("='u")
                        .append(prefix)
                        .append("'");
            }
            open.append('>');
            close.insert(0, "</a>");
        }
        int last = prefix;
        String inner = filledWith(
                BYTES - open.length() - close.length() - 100,
                i -> "<p0:b p1:c='' p" + (i % last) + ":d=''/>",
                ELEMENTS - 12);
        return open + inner + close;
    }

    private static String attributes(int element, String prefix, boolean everNew) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < ATTRIBUTES; i++) {
            String name = Integer.toString(everNew ? element * ATTRIBUTES + i : i, Character.MAX_RADIX);
            attributes.append(' ').append(prefix).append('a').append(name).append("=''");
        }
        return attributes.toString();
    }

    private static String collidingAttributes(int element) {
        StringBuilder tag = new StringBuilder("<a");
        for (int i = 0; i < ATTRIBUTES; i++) {
            tag.append(' ')
                    .append(CollidingNames.name(element * ATTRIBUTES + i))
                    .append("=''");
        }
        return tag.append("/>").toString();
    }

    private static String deep() {
        return "<a>".repeat(DEPTH - 2) + "</a>".repeat(DEPTH - 2);
    }

    private static String deepWithText() {
        return "<a>t".repeat(DEPTH - 2) + "</a>t".repeat(DEPTH - 2);
    }

    private static String filledText(String piece) {
        int room = BYTES - 100;
        return piece.repeat(room / piece.getBytes(StandardCharsets.UTF_8).length);
    }

    private static byte[] filled(IntFunction<String> piece, int most) {
        return one(filledWith(BYTES - 100, piece, most));
    }

    private static String filledWith(int room, IntFunction<String> piece, int most) {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < most; i++) {
            String next = piece.apply(i);
            if (content.length() + next.length() > room) {
                break;
            }
            content.append(next);
        }
        return content.toString();
    }

    /** What is missing to the size is made up by text before the end. */
    private static byte[] one(String content) {
        byte[] inner = content.getBytes(StandardCharsets.UTF_8);
        int missing = BYTES - OPENING.length() - inner.length - END.length();
        byte[] whole = (OPENING + content + "x".repeat(missing) + END).getBytes(StandardCharsets.UTF_8);
        if (whole.length != BYTES) {
            throw new IllegalStateException("of the wrong size: " + whole.length);
        }
        return whole;
    }
}
