package org.partyline.examples.operator.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.examples.operator.SetClock;

/** Two persons, suspensions, revisions, and the passing of time. */
class LicenseLifeTest {
    private final SetClock clock = SetClock.standard();

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("audit.jsonl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t2", "t3", "t9"})
    @DisplayName("C15 from tier t2 on it takes two persons who agree to the same terms")
    void highTier_takesTwoPersons(String tier) throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.IN_REVIEW, file, clock)) {
            Details terms = Details.NONE.withTerms(Sample.terms(tier));
            refuse(ledger, Action.GRANT, Sample.FIRST, terms);
            record(ledger, Action.APPROVE, Sample.FIRST, terms);
            refuse(ledger, Action.GRANT, Sample.FIRST, terms);
            refuse(ledger, Action.APPROVE, Sample.FIRST, terms);
            refuse(
                    ledger,
                    Action.GRANT,
                    Sample.SECOND,
                    Details.NONE.withTerms(Sample.terms(tier).until(Sample.LATER)));

            License granted = record(ledger, Action.GRANT, Sample.SECOND, terms);

            assertEquals(LicenseState.GRANTED, granted.state());
            assertEquals(1, granted.revision());
            assertEquals(Sample.terms(tier), granted.terms().orElseThrow());
            assertNull(granted.approval());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0", "t1"})
    void lowTier_takesOnePerson(String tier) throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.IN_REVIEW, file, clock)) {
            Details terms = Details.NONE.withTerms(Sample.terms(tier));
            refuse(ledger, Action.APPROVE, Sample.FIRST, terms);

            assertEquals(
                    LicenseState.GRANTED,
                    record(ledger, Action.GRANT, Sample.FIRST, terms).state());
        }
    }

    @Test
    void approval_afterAQuestion_isNoneAnyMore() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.IN_REVIEW, file, clock)) {
            Details terms = Details.NONE.withTerms(Sample.terms("t2"));
            record(ledger, Action.APPROVE, Sample.FIRST, terms);
            Sample.take(ledger, Action.ASK, Action.ANSWER);

            refuse(ledger, Action.GRANT, Sample.SECOND, terms);
        }
    }

    @Test
    void amendment_thatWidensAHighTier_takesTwoPersonsToo() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.GRANTED, file, clock)) {
            Terms high = Sample.terms("t2");
            refuse(ledger, Action.AMEND, Sample.FIRST, Details.NONE.withTerms(high));
            record(ledger, Action.APPROVE, Sample.FIRST, Details.NONE.withTerms(high));
            assertEquals(
                    2,
                    record(ledger, Action.AMEND, Sample.SECOND, Details.NONE.withTerms(high))
                            .revision());

            TreeMap<String, Long> quota = new TreeMap<>();
            quota.put("msg_s", 100L);
            Terms more = new Terms(
                    high.tier(),
                    high.profile(),
                    high.versions(),
                    high.platforms(),
                    high.features(),
                    quota,
                    high.expires(),
                    high.grace());
            refuse(ledger, Action.AMEND, Sample.FIRST, Details.NONE.withTerms(more));

            // For longer is no more than before, and less needs nobody else either.
            record(ledger, Action.AMEND, Sample.FIRST, Details.NONE.withTerms(high.until(Sample.LATER)));
            assertEquals(
                    4,
                    record(ledger, Action.AMEND, Sample.FIRST, Details.NONE.withTerms(Sample.terms("t1")))
                            .revision());
        }
    }

    @Test
    void grant_withoutASelfCheck_isRefused() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.APPLIED, file, clock)) {
            Sample.take(ledger, Action.REVIEW);
            refuse(ledger, Action.GRANT, Sample.FIRST, Sample.details(Action.GRANT));
            refuse(ledger, Action.APPROVE, Sample.FIRST, Sample.details(Action.APPROVE));
            Sample.take(ledger, Action.CHECK);

            assertEquals(
                    Sample.REPORT,
                    record(ledger, Action.GRANT, Sample.FIRST, Sample.details(Action.GRANT))
                            .report());
        }
    }

    @Test
    void form_thatIsNew_takesANewSelfCheck() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.INFO_REQUESTED, file, clock)) {
            Details other = Details.NONE.withWhy("as asked").withSubmission(Sample.submission("example-desk", "key-2"));
            record(ledger, Action.ANSWER, Sample.PARTNER, other);
            refuse(ledger, Action.GRANT, Sample.FIRST, Sample.details(Action.GRANT));
            Sample.take(ledger, Action.CHECK);

            License granted = record(ledger, Action.GRANT, Sample.FIRST, Sample.details(Action.GRANT));

            assertEquals("key-2", granted.submission().keys().get(0));
        }
    }

    @Test
    void form_forAnotherProduct_isRefused() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.INFO_REQUESTED, file, clock)) {
            Details other = Details.NONE.withWhy("or this").withSubmission(Sample.submission("other-desk", "key-1"));

            refuse(ledger, Action.ANSWER, Sample.PARTNER, other);
        }
    }

    @Test
    void suspension_lastsUntilItIsLifted_andTakesNoRevision() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.SUSPENDED, file, clock)) {
            refuse(ledger, Action.SUSPEND, Sample.FIRST, Sample.details(Action.SUSPEND));
            clock.set(Sample.LATER.plus(Duration.ofDays(1)));
            assertEquals(LicenseState.SUSPENDED, Sample.license(ledger).state());
            clock.set(Sample.BEGIN);

            License lifted = record(ledger, Action.LIFT, Sample.SECOND, Details.NONE);

            assertNull(lifted.suspension());
            assertEquals(1, lifted.revision());
        }
    }

    @Test
    void suspension_thatEndsNow_isRefused() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.GRANTED, file, clock)) {
            refuse(
                    ledger,
                    Action.SUSPEND,
                    Sample.FIRST,
                    Details.NONE.withWhy("late").withUntil(Sample.BEGIN));
        }
    }

    @Test
    @DisplayName("C15 time alone takes a license to its grace period and to its end, to the millisecond")
    void time_takesALicenseToGraceAndToItsEnd() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.GRANTED, file, clock)) {
            Instant over = Sample.EXPIRES.plus(Sample.GRACE);

            assertStateAt(ledger, LicenseState.GRANTED, Sample.EXPIRES.minusMillis(1));
            assertStateAt(ledger, LicenseState.GRACE, Sample.EXPIRES);
            assertStateAt(ledger, LicenseState.GRACE, over.minusMillis(1));
            assertStateAt(ledger, LicenseState.EXPIRED, over);
            assertEquals(over, Sample.license(ledger).since());
        }
    }

    @Test
    void license_liftedAfterItsTime_isInGraceAtOnce() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.SUSPENDED, file, clock)) {
            clock.set(Sample.EXPIRES);
            record(ledger, Action.LIFT, Sample.FIRST, Details.NONE);

            assertEquals(LicenseState.GRACE, Sample.license(ledger).state());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LicenseState.class,
            names = {"GRACE", "EXPIRED"})
    @DisplayName("C15 a license is renewed out of its grace period, and after its end")
    void renewal_isARevisionMore(LicenseState state) throws Exception {
        try (Ledger ledger = Sample.in(state, file, clock)) {
            refuse(ledger, Action.RENEW, Sample.FIRST, Details.NONE.withTerms(Sample.terms("t1")));

            License renewed = record(ledger, Action.RENEW, Sample.FIRST, Sample.details(Action.RENEW));

            assertEquals(2, renewed.revision());
            assertEquals(Sample.LATER, renewed.terms().orElseThrow().expires());
            assertEquals(clock.instant(), renewed.issued());
        }
    }

    @Test
    void terms_thatNoLicenseMayHave_cannotBeMade() {
        Terms good = Sample.terms("t2");

        assertThrows(
                IllegalArgumentException.class,
                () -> new Terms(
                        good.tier(),
                        Profile.EMBEDDED,
                        good.versions(),
                        good.platforms(),
                        good.features(),
                        good.quota(),
                        good.expires(),
                        good.grace()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Terms(
                        good.tier(),
                        good.profile(),
                        "latest",
                        good.platforms(),
                        good.features(),
                        good.quota(),
                        good.expires(),
                        good.grace()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Terms(
                        good.tier(),
                        good.profile(),
                        good.versions(),
                        good.platforms(),
                        good.features(),
                        good.quota(),
                        good.expires(),
                        Duration.ofDays(91)));
    }

    @Test
    void terms_thatLastForEver_areRefused() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.IN_REVIEW, file, clock)) {
            refuse(
                    ledger,
                    Action.GRANT,
                    Sample.FIRST,
                    Details.NONE.withTerms(Sample.terms("t1").until(Sample.BEGIN.plus(Duration.ofDays(1_831)))));
        }
    }

    private static License record(Ledger ledger, Action action, Actor actor, Details details) throws Exception {
        return ledger.record(Sample.deed(action, actor, details), null);
    }

    private static void refuse(Ledger ledger, Action action, Actor actor, Details details) {
        assertThrows(IllegalTransition.class, () -> record(ledger, action, actor, details));
    }

    private void assertStateAt(Ledger ledger, LicenseState state, Instant time) throws Exception {
        clock.set(time);
        assertEquals(state, Sample.license(ledger).state());
        assertTrue(ledger.checkpoint().isPresent());
    }
}
