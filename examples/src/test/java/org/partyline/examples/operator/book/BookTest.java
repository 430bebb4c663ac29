package org.partyline.examples.operator.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.partyline.examples.operator.SetClock;
import org.partyline.examples.operator.audit.AuditDraft;
import org.partyline.examples.operator.audit.AuditLog;
import org.partyline.examples.operator.audit.AuditReader;
import org.partyline.examples.operator.audit.BrokenLogException;
import org.partyline.examples.operator.book.Ledger.Deed;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.JsonReader;
import org.partyline.examples.operator.json.JsonSyntaxException;

class BookTest {
    private static final String OTHER = "lic_8R3N5";

    private final SetClock clock = SetClock.standard();

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("audit.jsonl");
    }

    @ParameterizedTest
    @EnumSource(LicenseState.class)
    void book_readAgain_isTheSame(LicenseState state) throws Exception {
        License before;
        try (Ledger ledger = Sample.in(state, file, clock)) {
            before = Sample.license(ledger);
        }
        try (Ledger again = Ledger.open(file, clock)) {
            assertEquals(before, Sample.license(again));
            assertEquals("net.example", again.book().network().orElseThrow());
        }
    }

    @Test
    void approvalAndSuspension_readAgain_areTheSame() throws Exception {
        License before;
        try (Ledger ledger = Sample.in(LicenseState.GRANTED, file, clock)) {
            Sample.take(ledger, Action.SUSPEND, Action.LIFT, Action.APPROVE);
            before = Sample.license(ledger);
            assertEquals(Sample.FIRST, Objects.requireNonNull(before.approval()).by());
        }
        try (Ledger again = Ledger.open(file, clock)) {
            assertEquals(before, Sample.license(again));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "license.lifted | {\"actor\":\"op:reviewer-1\",\"lic\":\"lic_7Q2M4\"} | it is granted",
                "license.lifted | {\"actor\":\"op:reviewer-1\",\"lic\":\"lic_NOBODY\"} | no such license",
                "license.revoked | {\"actor\":\"partner:ptn_example\",\"lic\":\"lic_7Q2M4\",\"why\":\"x\"} | may not",
                "license.revoked | {\"actor\":\"op:reviewer-1\",\"lic\":\"lic_7Q2M4\"} | lacks why",
                "license.revoked | {\"actor\":\"op:reviewer-1\",\"lic\":\"lic_7Q2M4\",\"why\":\"x\",\"more\":1} | do not belong",
                "license.forgotten | {\"actor\":\"op:reviewer-1\",\"lic\":\"lic_7Q2M4\"} | no event",
                "license.suspended | {\"actor\":\"op:reviewer-1\",\"lic\":\"lic_7Q2M4\",\"why\":\"x\",\"until\":\"soon\"} | until",
                "operator.opened | {\"actor\":\"op:reviewer-1\",\"network\":\"other.example\"} | a second time"
            })
    void logWithWhatCannotHappen_isRefusedByItsLine(String event, String members, String why) throws Exception {
        Sample.in(LicenseState.GRANTED, file, clock).close();
        long lines = Files.readAllLines(file).size();
        append(event, members);

        BrokenLogException failure = assertThrows(BrokenLogException.class, () -> Ledger.open(file, clock));

        assertEquals(lines + 1, failure.line());
        assertTrue(String.valueOf(failure.getMessage()).contains(why), failure::toString);
    }

    @Test
    void eventsOfOthers_areNoneOfTheBooksBusiness() throws Exception {
        Sample.in(LicenseState.GRANTED, file, clock).close();
        append("login.refused", "{\"lic\":\"lic_7Q2M4\",\"code\":\"LICENSE_SUSPENDED\"}");

        try (Ledger again = Ledger.open(file, clock)) {
            assertEquals(LicenseState.GRANTED, Sample.license(again).state());
        }
    }

    @Test
    void logThatDoesNotBeginByWhoseItIs_isRefused() throws IOException {
        append("login.refused", "{}");

        assertEquals(
                1,
                assertThrows(BrokenLogException.class, () -> Ledger.open(file, clock))
                        .line());
    }

    @Test
    void product_hasOneLicenseAtATime() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.GRANTED, file, clock)) {
            Deed again = apply(OTHER, "example-desk", "key-2");
            assertThrows(IllegalTransition.class, () -> ledger.record(again, null));
            Sample.take(ledger, Action.WITHDRAW);

            assertEquals(LicenseState.APPLIED, ledger.record(again, null).state());
        }
    }

    @Test
    void keyOfARevokedLicense_isBarred() throws Exception {
        try (Ledger ledger = Sample.in(LicenseState.REVOKED, file, clock)) {
            assertThrows(IllegalTransition.class, () -> ledger.record(apply(OTHER, "other-desk", "key-1"), null));
            ledger.record(apply(OTHER, "other-desk", "key-2"), null);
            ledger.record(new Deed(OTHER, Action.REVIEW, Sample.FIRST, Details.NONE), null);
            ledger.record(new Deed(OTHER, Action.ASK, Sample.FIRST, Details.NONE.withWhy("?")), null);
            Details other = Details.NONE.withWhy("!").withSubmission(Sample.submission("other-desk", "key-1"));

            assertThrows(
                    IllegalTransition.class,
                    () -> ledger.record(new Deed(OTHER, Action.ANSWER, Sample.PARTNER, other), null));
        }
    }

    @Test
    void severalDeeds_areDoneAllOrNone() throws Exception {
        try (Ledger ledger = Sample.opened(file, clock)) {
            long before = Files.size(file);
            List<Deed> twice = List.of(Sample.deed(Action.APPLY), apply(OTHER, "example-desk", "key-2"));

            assertThrows(IllegalTransition.class, () -> ledger.record(twice, null));

            assertEquals(before, Files.size(file));
            assertEquals(List.of(), ledger.book().licenses(ledger.time()));
        }
    }

    @Test
    void who_wroteForAPartner_isInTheLog() throws Exception {
        try (Ledger ledger = Sample.opened(file, clock)) {
            ledger.record(Sample.deed(Action.APPLY), Sample.SECOND);
        }

        assertTrue(Files.readString(file).contains("\"via\":\"op:reviewer-2\""));
        Ledger.open(file, clock).close();
    }

    private static Deed apply(String id, String product, String key) {
        return new Deed(id, Action.APPLY, Sample.PARTNER, Details.NONE.withSubmission(Sample.submission(product, key)));
    }

    private void append(String event, String members) throws IOException {
        try (AuditLog log = AuditLog.open(file, clock, AuditReader.NONE)) {
            Json object = JsonReader.read(members.getBytes(StandardCharsets.UTF_8), 1_000);
            log.append(List.of(new AuditDraft(event, (Obj) object)), log.time());
        } catch (JsonSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
