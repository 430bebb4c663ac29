package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * Collects and checks an XML declaration (XML 1.0 section 2.8): version 1.0, and UTF-8 where it names an encoding (RFC 6120
 * section 11.6). The parser never sees it.
 */
final class XmlDeclaration {
    /** Far above what a declaration needs, so that white space cannot make it long. */
    static final int MAX_BYTES = 128;

    private static final byte[] OPENING = "<?xml".getBytes(StandardCharsets.US_ASCII);
    private static final String SPACE = "[ \\t\\r\\n]";
    private static final String EQUALS = SPACE + "*+=" + SPACE + "*+";
    /** Possessive throughout: no backtracking, and at most {@link #MAX_BYTES} of input. */
    private static final Pattern FORM = Pattern.compile("<\\?xml" + SPACE + "++version" + EQUALS
            + "(?:\"([^\"]*+)\"|'([^']*+)')"
            + "(?:" + SPACE + "++encoding" + EQUALS + "(?:\"([^\"]*+)\"|'([^']*+)'))?+"
            + "(?:" + SPACE + "++standalone" + EQUALS + "(?:\"(?:yes|no)\"|'(?:yes|no)'))?+"
            + SPACE + "*+\\?>");

    private final byte[] collected = new byte[MAX_BYTES];
    private int length;

    /** {@return whether the declaration ended with this byte, and is legal} */
    boolean accept(byte b) throws XmlStreamException {
        if (length < OPENING.length
                ? b != OPENING[length]
                : length == OPENING.length && !ByteKinds.is(b, ByteKinds.SPACE)) {
            throw new XmlStreamException(Condition.RESTRICTED_XML, "a processing instruction");
        }
        if (length == MAX_BYTES) {
            throw new XmlStreamException(Condition.POLICY_VIOLATION, "an XML declaration over " + MAX_BYTES + " bytes");
        }
        collected[length++] = b;
        if (b != '>' || collected[length - 2] != '?') {
            return false;
        }
        check(new String(Arrays.copyOf(collected, length), StandardCharsets.ISO_8859_1));
        return true;
    }

    private static void check(String declaration) throws XmlStreamException {
        Matcher matcher = FORM.matcher(declaration);
        if (!matcher.matches()) {
            throw new XmlStreamException(Condition.NOT_WELL_FORMED, "an ill-formed XML declaration");
        }
        if (!"1.0".equals(matcher.group(matcher.group(1) != null ? 1 : 2))) {
            throw new XmlStreamException(Condition.RESTRICTED_XML, "an XML version other than 1.0");
        }
        String encoding = matcher.group(matcher.group(3) != null ? 3 : 4);
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new XmlStreamException(Condition.UNSUPPORTED_ENCODING, "an encoding other than UTF-8");
        }
    }
}
