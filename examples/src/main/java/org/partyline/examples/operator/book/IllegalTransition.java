package org.partyline.examples.operator.book;

/** What was to be done about a license cannot be done as things stand. Nothing was written. */
public final class IllegalTransition extends Exception {
    private static final long serialVersionUID = 1L;

    IllegalTransition(LicenseEvent event, String why) {
        super("cannot " + event.action() + " " + subject(event) + ": " + why);
    }

    /** {@return what it was about} Nobody has seen the id of a license that is only applied for. */
    private static String subject(LicenseEvent event) {
        Submission submission = event.details().submission();
        return event.action() == Action.APPLY && submission != null ? "for " + submission.product() : event.license();
    }
}
