package org.partyline.examples.operator.book;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A license as of some time.
 *
 * @param id its id
 * @param state where it stands
 * @param since since when
 * @param partner the partner's id
 * @param submission what the partner handed in last
 * @param applied when the partner applied
 * @param revision how often it was granted, amended or renewed; 0 before
 * @param granted what was agreed to last, or {@code null}
 * @param issued since when these terms hold, or {@code null}
 * @param report the digest of the self-check's report, or {@code null}
 * @param approval that of one person, where two are needed, or {@code null}
 * @param suspension why it is not good, while it is suspended, or {@code null}
 */
public record License(
        String id,
        LicenseState state,
        Instant since,
        String partner,
        Submission submission,
        Instant applied,
        int revision,
        @Nullable Terms granted,
        @Nullable Instant issued,
        @Nullable String report,
        @Nullable Approval approval,
        @Nullable Suspension suspension) {

    /** {@return what was agreed to last, if anything was} */
    public Optional<Terms> terms() {
        return Optional.ofNullable(granted);
    }

    /**
     * {@return the license at a later time, to which nothing is done until then} Time alone takes a license that is granted
     * to its grace period and that to its end; it is over at the second itself that it ends at.
     *
     * @param time the later time
     */
    public License at(Instant time) {
        if ((state != LicenseState.GRANTED && state != LicenseState.GRACE) || granted == null) {
            return this;
        }
        if (!time.isBefore(granted.over())) {
            return moved(LicenseState.EXPIRED, granted.over());
        }
        return state == LicenseState.GRANTED && !time.isBefore(granted.expires())
                ? moved(LicenseState.GRACE, granted.expires())
                : this;
    }

    /** {@return this in a state, in which neither an approval nor a suspension stands} */
    License moved(LicenseState to, Instant time) {
        return new License(id, to, time, partner, submission, applied, revision, granted, issued, report, null, null);
    }

    /** {@return this with another form, which no self-check has been seen for yet} */
    License withSubmission(Submission other) {
        return new License(
                id, state, since, partner, other, applied, revision, granted, issued, null, approval, suspension);
    }

    License withTerms(Terms agreed, Instant time) {
        return new License(
                id,
                state,
                since,
                partner,
                submission,
                applied,
                revision + 1,
                agreed,
                time,
                report,
                approval,
                suspension);
    }

    License withReport(String digest) {
        return new License(
                id,
                state,
                since,
                partner,
                submission,
                applied,
                revision,
                granted,
                issued,
                digest,
                approval,
                suspension);
    }

    License withApproval(Approval first) {
        return new License(
                id, state, since, partner, submission, applied, revision, granted, issued, report, first, suspension);
    }

    License withSuspension(Suspension reason) {
        return new License(
                id, state, since, partner, submission, applied, revision, granted, issued, report, approval, reason);
    }
}
