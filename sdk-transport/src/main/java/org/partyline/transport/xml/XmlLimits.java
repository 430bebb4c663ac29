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

    /** The limits that hold where none are given. */
    public static final XmlLimits DEFAULT =
            new XmlLimits(512 * 1024, 16 * 1024, 256 * 1024, 64, 64, 16, 128, 16 * 1024, 8192, 256, 8 * 1024);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a limit is not positive, or stanzaBytes is below 10,000
     */
    public XmlLimits {
        if (stanzaBytes < 10_000) {
            throw new IllegalArgumentException(
                    "stanzaBytes must be at least 10000 (RFC 6120 section 13.12): " + stanzaBytes);
        }
        int smallest = Math.min(
                Math.min(Math.min(preAuthBytes, outboundBytes), Math.min(depth, attributes)),
                Math.min(
                        Math.min(Math.min(namespaces, namespacesInScope), Math.min(tagBytes, elements)),
                        Math.min(nameLength, valueBytes)));
        if (smallest < 1) {
            throw new IllegalArgumentException("every limit must be positive");
        }
    }
}
