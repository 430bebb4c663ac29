package org.partyline.address;

import java.util.Locale;

/**
 * A text that is not an address. Names the part and what is wrong with it, but does not repeat the text.
 *
 * @serial exclude
 */
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
     * Describes the failure.
     *
     * @param part which part is wrong
     * @param problem what is wrong with it, without the text
     */
    public JidFormatException(Part part, String problem) {
        super("not an address, " + part.name().toLowerCase(Locale.ROOT) + " part: " + problem);
        this.part = part;
    }

    /** {@return which part is wrong} */
    public Part part() {
        return part;
    }
}
