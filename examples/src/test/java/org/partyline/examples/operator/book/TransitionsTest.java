package org.partyline.examples.operator.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.partyline.examples.operator.book.LicenseState.APPLIED;
import static org.partyline.examples.operator.book.LicenseState.EXPIRED;
import static org.partyline.examples.operator.book.LicenseState.GRACE;
import static org.partyline.examples.operator.book.LicenseState.GRANTED;
import static org.partyline.examples.operator.book.LicenseState.INFO_REQUESTED;
import static org.partyline.examples.operator.book.LicenseState.IN_REVIEW;
import static org.partyline.examples.operator.book.LicenseState.REJECTED;
import static org.partyline.examples.operator.book.LicenseState.REVOKED;
import static org.partyline.examples.operator.book.LicenseState.SUSPENDED;
import static org.partyline.examples.operator.book.LicenseState.WITHDRAWN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.examples.operator.SetClock;
import org.partyline.examples.operator.book.Ledger.Deed;

/** What can happen to a license in which state: all of it, and nothing else. Written from the design, not from the code. */
class TransitionsTest {
    private static final Map<LicenseState, Map<Action, LicenseState>> ALLOWED = new EnumMap<>(Map.of(
            APPLIED,
            Map.of(Action.REVIEW, IN_REVIEW, Action.WITHDRAW, WITHDRAWN),
            IN_REVIEW,
            Map.of(
                    Action.ASK,
                    INFO_REQUESTED,
                    Action.CHECK,
                    IN_REVIEW,
                    Action.APPROVE,
                    IN_REVIEW,
                    Action.GRANT,
                    GRANTED,
                    Action.REJECT,
                    REJECTED,
                    Action.WITHDRAW,
                    WITHDRAWN),
            INFO_REQUESTED,
            Map.of(Action.ANSWER, IN_REVIEW, Action.WITHDRAW, WITHDRAWN),
            REJECTED,
            Map.of(),
            GRANTED,
            Map.of(
                    Action.AMEND,
                    GRANTED,
                    Action.APPROVE,
                    GRANTED,
                    Action.SUSPEND,
                    SUSPENDED,
                    Action.REVOKE,
                    REVOKED,
                    Action.WITHDRAW,
                    WITHDRAWN),
            SUSPENDED,
            Map.of(Action.LIFT, GRANTED, Action.REVOKE, REVOKED, Action.WITHDRAW, WITHDRAWN),
            REVOKED,
            Map.of(),
            GRACE,
            Map.of(Action.RENEW, GRANTED, Action.APPROVE, GRACE, Action.WITHDRAW, WITHDRAWN),
            EXPIRED,
            Map.of(Action.RENEW, GRANTED, Action.APPROVE, EXPIRED, Action.WITHDRAW, WITHDRAWN),
            WITHDRAWN,
            Map.of()));

    private final SetClock clock = SetClock.standard();

    @TempDir
    private Path directory;

    static Stream<Arguments> product() {
        return Stream.of(LicenseState.values())
                .flatMap(state -> Stream.of(Action.values()).map(action -> arguments(state, action)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("product")
    @DisplayName("C15 each state with each action: as the table has it, or refused with nothing written")
    void stateAndAction_goWhereTheTableSays_orNowhere(LicenseState state, Action action) throws Exception {
        Path file = directory.resolve("audit.jsonl");
        try (Ledger ledger = Sample.in(state, file, clock)) {
            assertEquals(state, Sample.license(ledger).state());
            byte[] before = Files.readAllBytes(file);
            LicenseState to = ALLOWED.getOrDefault(state, Map.of()).get(action);

            if (to != null) {
                assertEquals(to, ledger.record(Sample.deed(action), null).state());
                assertTrue(Files.size(file) > before.length);
            } else {
                License was = Sample.license(ledger);
                assertThrows(IllegalTransition.class, () -> ledger.record(Sample.deed(action), null));
                assertArrayEquals(before, Files.readAllBytes(file));
                assertEquals(was, Sample.license(ledger));
            }
        }
        assertReadsAgain(file);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    @DisplayName("C15 without a license one can apply, and nothing else")
    void nothing_isAppliedFor_andNothingElse(Action action) throws Exception {
        Path file = directory.resolve("audit.jsonl");
        try (Ledger ledger = Sample.opened(file, clock)) {
            byte[] before = Files.readAllBytes(file);
            if (action == Action.APPLY) {
                assertEquals(APPLIED, ledger.record(Sample.deed(action), null).state());
            } else {
                assertThrows(IllegalTransition.class, () -> ledger.record(Sample.deed(action), null));
                assertArrayEquals(before, Files.readAllBytes(file));
            }
        }
    }

    static Stream<Arguments> allowedWithEveryRole() {
        return ALLOWED.entrySet().stream()
                .flatMap(from -> from.getValue().keySet().stream().map(action -> arguments(from.getKey(), action)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allowedWithEveryRole")
    @DisplayName("C15 each action is open to those whose it is: partner, operator, or machine")
    void action_bySomebodyElse_isRefused(LicenseState state, Action action) throws Exception {
        Path file = directory.resolve("audit.jsonl");
        try (Ledger ledger = Sample.in(state, file, clock)) {
            byte[] before = Files.readAllBytes(file);
            for (Actor actor : List.of(Sample.PARTNER, Sample.FIRST, new Actor(Role.AUTOMATIC, "abuse"))) {
                boolean may = actor.role() == Sample.actor(action).role()
                        || (action == Action.SUSPEND && actor.role() == Role.AUTOMATIC);
                if (!may) {
                    assertRefused(ledger, Sample.deed(action, actor, Sample.details(action)));
                }
            }
            if (Sample.actor(action).role() == Role.PARTNER) {
                assertRefused(ledger, Sample.deed(action, Actor.partner("ptn_other"), Sample.details(action)));
            }
            assertArrayEquals(before, Files.readAllBytes(file));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allowedWithEveryRole")
    @DisplayName("C15 an action comes with what it needs, and with nothing that does not belong")
    void action_withTheWrongDetails_isRefused(LicenseState state, Action action) throws Exception {
        Path file = directory.resolve("audit.jsonl");
        try (Ledger ledger = Sample.in(state, file, clock)) {
            byte[] before = Files.readAllBytes(file);
            Details right = Sample.details(action);
            if (!right.equals(Details.NONE)) {
                assertRefused(ledger, Sample.deed(action, Sample.actor(action), Details.NONE));
            }
            Details much = action == Action.CHECK ? right.withUntil(Sample.LATER) : right.withReport(Sample.REPORT);
            assertRefused(ledger, Sample.deed(action, Sample.actor(action), much));
            assertArrayEquals(before, Files.readAllBytes(file));
        }
    }

    @Test
    void machine_suspends() throws Exception {
        try (Ledger ledger = Sample.in(GRANTED, directory.resolve("audit.jsonl"), clock)) {
            Actor machine = new Actor(Role.AUTOMATIC, "quota");

            License after = ledger.record(Sample.deed(Action.SUSPEND, machine, Sample.details(Action.SUSPEND)), null);

            assertEquals(new Suspension(machine, "a reason", Sample.LATER), after.suspension());
        }
        assertThrows(IllegalArgumentException.class, () -> new Actor(Role.AUTOMATIC, "whim"));
    }

    private static void assertRefused(Ledger ledger, Deed deed) {
        assertThrows(IllegalTransition.class, () -> ledger.record(deed, null), deed::toString);
    }

    private void assertReadsAgain(Path file) throws IOException {
        try (Ledger again = Ledger.open(file, clock)) {
            License license = Sample.license(again);
            assertEquals(Sample.ID, license.id());
        }
    }
}
