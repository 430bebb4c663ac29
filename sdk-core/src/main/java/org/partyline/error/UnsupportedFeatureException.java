package org.partyline.error;

/**
 * The other side does not offer what the call needs.
 *
 * @serial exclude
 */
public final class UnsupportedFeatureException extends ImException {
    private static final long serialVersionUID = 1L;

    private final String feature;

    /**
     * Describes the failure.
     *
     * @param operation what was attempted
     * @param feature the name of what is missing
     * @param by who lacks it
     */
    public UnsupportedFeatureException(String operation, String feature, String by) {
        super(operation, operation + ": " + by + " does not offer " + feature, null, false, null);
        this.feature = feature;
    }

    /** {@return the name of what is missing} */
    public String feature() {
        return feature;
    }
}
