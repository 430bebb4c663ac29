package org.partyline.transport.xml;

/**
 * Bytes that may not stand in an XML stream: ill-formed, forbidden by RFC 6120 section 11, or over a limit. The stream is
 * unusable afterwards.
 *
 * @serial exclude
 */
public final class XmlStreamException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, named as the stream error that answers it (RFC 6120 section 4.9.3). */
    public enum Condition {
        /** Text where only elements may stand. */
        BAD_FORMAT("bad-format"),
        /** Not well-formed XML. */
        NOT_WELL_FORMED("not-well-formed"),
        /** Comment, processing instruction, document type or entity (RFC 6120 section 11.1); XML other than 1.0. */
        RESTRICTED_XML("restricted-xml"),
        /** An encoding other than UTF-8, or bytes that are not UTF-8. */
        UNSUPPORTED_ENCODING("unsupported-encoding"),
        /** Over a limit of {@link XmlLimits}. */
        POLICY_VIOLATION("policy-violation");

        private final String element;

        Condition(String element) {
            this.element = element;
        }

        /** {@return the name of the stream error's element} */
        public String element() {
            return element;
        }
    }

    private final Condition condition;
    private final String detail;

    /**
     * Describes the failure.
     *
     * @param condition the stream error to answer with
     * @param detail what was found, without any of the peer's text
     */
    public XmlStreamException(Condition condition, String detail) {
        super(condition.element() + ": " + detail);
        this.condition = condition;
        this.detail = detail;
    }

    /** {@return the stream error to answer with} */
    public Condition condition() {
        return condition;
    }

    /** {@return what was found; holds none of the peer's text} */
    public String detail() {
        return detail;
    }
}
