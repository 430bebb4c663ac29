package org.partyline.examples.operator.book;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.book.Action.Detail;

/**
 * What is told with an action.
 *
 * @param why the reason, the question or the answer
 * @param until until when a suspension is meant to last
 * @param terms the terms that are agreed to
 * @param submission what a partner handed in
 * @param report the digest of a self-check's report
 */
public record Details(
        @Nullable String why,
        @Nullable Instant until,
        @Nullable Terms terms,
        @Nullable Submission submission,
        @Nullable String report) {

    /** Nothing. */
    public static final Details NONE = new Details(null, null, null, null, null);

    /** How many characters a reason may have. */
    public static final int LONGEST_WHY = 1_000;

    /** Checks the reason. */
    public Details {
        if (why != null && (why.isBlank() || why.length() > LONGEST_WHY)) {
            throw new IllegalArgumentException("a reason has 1 to " + LONGEST_WHY + " characters");
        }
    }

    /** {@return this with a reason, or without one} */
    public Details withWhy(@Nullable String text) {
        return new Details(text, until, terms, submission, report);
    }

    /** {@return this with an end} */
    public Details withUntil(Instant time) {
        return new Details(why, time, terms, submission, report);
    }

    /** {@return this with terms} */
    public Details withTerms(Terms agreed) {
        return new Details(why, until, agreed, submission, report);
    }

    /** {@return this with what was handed in, or without it} */
    public Details withSubmission(@Nullable Submission handedIn) {
        return new Details(why, until, terms, handedIn, report);
    }

    /** {@return this with a report's digest} */
    public Details withReport(String digest) {
        return new Details(why, until, terms, submission, digest);
    }

    boolean has(Detail detail) {
        return switch (detail) {
            case WHY -> why != null;
            case UNTIL -> until != null;
            case TERMS -> terms != null;
            case SUBMISSION -> submission != null;
            case REPORT -> report != null;
        };
    }
}
