package org.partyline.address;

/** A text that is not an address. Names the part and what is wrong with it. */
public final class JidFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Parts of an address. */
    public enum Part {
        /** Before the {@code @}. */
        LOCAL,
        /** The domain. */
        DOMAIN,
        /** After the {@code /}. */
        RESOURCE
    }

    private final Part part;

    /**
     * @param part which part is wrong
     * @param message what is wrong with it
     */
    public JidFormatException(Part part, String message) {
        super(message);
        this.part = part;
    }

    /** {@return which part is wrong} */
    public Part part() {
        return part;
    }
}
