package org.partyline.transport.xml;

/**
 * Bounds on what one XML stream may hold. A stream that exceeds one is closed before the parser has seen the excess. The
 * numbers are those of the table of limits in {@code docs/architecture.md}.
 *
 * @param stanzaBytes bytes of one stanza after sign-in (L1); at least 10,000 (RFC 6120 section 13.12)
 * @param preAuthBytes bytes of one top-level element before sign-in (L2)
 * @param outboundBytes bytes of one outbound stanza (L3)
 * @param depth nested elements, the stream's root not counted (L4)
 * @param attributes attributes of one element, namespace declarations not counted (L5)
 * @param namespaces namespace declarations of one element (L6)
 * @param namespacesInScope namespace declarations in scope (L6)
 * @param tagBytes bytes of one tag, name and attributes together (L7)
 * @param elements elements of one stanza (L8)
 * @param nameLength bytes of one name, prefix included (L9)
 * @param valueBytes bytes of one attribute value (L9)
 */
public record XmlLimits(
        int stanzaBytes,
        int preAuthBytes,
        int outboundBytes,
        int depth,
        int attributes,
        int namespaces,
        int namespacesInScope,
        int tagBytes,
        int elements,
        int nameLength,
        int valueBytes) {

    /** RFC 6120 section 13.12. */
    private static final int LEAST_STANZA = 10_000;

    private static final int MOST_BYTES = 64 * 1024 * 1024;

    /** The limits that hold where none are given. */
    public static final XmlLimits DEFAULT =
            new XmlLimits(512 * 1024, 16 * 1024, 256 * 1024, 64, 64, 16, 128, 16 * 1024, 8192, 256, 8 * 1024);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range: stanzaBytes 10,000 to 64 Mi; preAuthBytes,
     *     outboundBytes, tagBytes and valueBytes 1 to 64 Mi; depth 1 to 1,024; attributes, namespaces and
     *     namespacesInScope 1 to 4,096, for their cost grows by the square; elements 1 to 4 Mi; nameLength 1 to 64 Ki
     */
    public XmlLimits {
        checked("stanzaBytes", stanzaBytes, LEAST_STANZA, MOST_BYTES);
        checked("preAuthBytes", preAuthBytes, 1, MOST_BYTES);
        checked("outboundBytes", outboundBytes, 1, MOST_BYTES);
        checked("depth", depth, 1, 1024);
        checked("attributes", attributes, 1, 4096);
        checked("namespaces", namespaces, 1, 4096);
        checked("namespacesInScope", namespacesInScope, 1, 4096);
        checked("tagBytes", tagBytes, 1, MOST_BYTES);
        checked("elements", elements, 1, 4 * 1024 * 1024);
        checked("nameLength", nameLength, 1, 64 * 1024);
        checked("valueBytes", valueBytes, 1, MOST_BYTES);
    }

    private static void checked(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ": " + value);
        }
    }
}
