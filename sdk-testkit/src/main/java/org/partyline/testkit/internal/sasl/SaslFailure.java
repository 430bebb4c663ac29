package org.partyline.testkit.internal.sasl;

/**
 * A sign-in that failed. No stack trace: it is an outcome, not a defect.
 *
 * @serial exclude
 */
public final class SaslFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String condition;

    /** Describes the failure by its condition (RFC 6120 section 6.5). */
    public SaslFailure(String condition) {
        super(condition, null, false, false);
        this.condition = condition;
    }

    /** {@return the name of the condition's element} */
    public String condition() {
        return condition;
    }

    static SaslFailure malformed() {
        return new SaslFailure("malformed-request");
    }

    static SaslFailure notAuthorized() {
        return new SaslFailure("not-authorized");
    }
}
