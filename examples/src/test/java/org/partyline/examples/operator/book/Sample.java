package org.partyline.examples.operator.book;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.partyline.examples.operator.SetClock;
import org.partyline.examples.operator.book.Ledger.Deed;

/** Books for tests: one license, taken to where a test needs it. */
final class Sample {
    static final String ID = "lic_7Q2M4";
    static final Actor PARTNER = Actor.partner("ptn_example");
    static final Actor FIRST = Actor.operator("reviewer-1");
    static final Actor SECOND = Actor.operator("reviewer-2");
    static final String REPORT = "sha256:" + "ab".repeat(32);
    static final Instant BEGIN = Instant.parse("2026-11-22T21:30:00Z");
    static final Instant EXPIRES = BEGIN.plus(Duration.ofDays(365));
    static final Duration GRACE = Duration.ofDays(14);
    static final Instant LATER = EXPIRES.plus(Duration.ofDays(700));

    private Sample() {}

    static Submission submission(String product, String key) {
        return new Submission("Example Messenger GmbH", product, "sha256:" + "cd".repeat(32), List.of(key));
    }

    static Terms terms(String tier) {
        return new Terms(
                Tier.parse(tier),
                Profile.BACKEND,
                ">=4.2.0 <6.0.0",
                new TreeSet<>(List.of("jvm")),
                new TreeSet<>(List.of("presence", "message")),
                new TreeMap<>(),
                EXPIRES,
                GRACE);
    }

    static Deed deed(Action action) {
        return deed(action, actor(action), details(action));
    }

    static Deed deed(Action action, Actor actor, Details details) {
        return new Deed(ID, action, actor, details);
    }

    static Actor actor(Action action) {
        return switch (action) {
            case APPLY, ANSWER, WITHDRAW -> PARTNER;
            default -> FIRST;
        };
    }

    /** {@return what an action needs, such that it is possible wherever its state allows it} */
    static Details details(Action action) {
        return switch (action) {
            case APPLY -> Details.NONE.withSubmission(submission("example-desk", "key-1"));
            case ASK, ANSWER, REJECT, REVOKE -> Details.NONE.withWhy("a reason");
            case CHECK -> Details.NONE.withReport(REPORT);
            case APPROVE -> Details.NONE.withTerms(terms("t2").until(LATER));
            case GRANT, AMEND, RENEW -> Details.NONE.withTerms(terms("t1").until(LATER));
            case SUSPEND -> Details.NONE.withWhy("a reason").withUntil(LATER);
            case REVIEW, LIFT, WITHDRAW -> Details.NONE;
        };
    }

    /** {@return books in which the license is in a state, or in which there is none} */
    static Ledger in(LicenseState state, Path file, SetClock clock) throws IOException, IllegalTransition {
        Ledger ledger = opened(file, clock);
        take(ledger, Action.APPLY);
        switch (state) {
            case APPLIED -> {}
            case IN_REVIEW -> take(ledger, Action.REVIEW, Action.CHECK);
            case INFO_REQUESTED -> take(ledger, Action.REVIEW, Action.CHECK, Action.ASK);
            case REJECTED -> take(ledger, Action.REVIEW, Action.REJECT);
            case WITHDRAWN -> take(ledger, Action.WITHDRAW);
            default -> {
                take(ledger, Action.REVIEW, Action.CHECK);
                ledger.record(deed(Action.GRANT, FIRST, Details.NONE.withTerms(terms("t1"))), null);
            }
        }
        switch (state) {
            case SUSPENDED -> take(ledger, Action.SUSPEND);
            case REVOKED -> take(ledger, Action.REVOKE);
            case GRACE -> clock.set(EXPIRES);
            case EXPIRED -> clock.set(EXPIRES.plus(GRACE));
            default -> {}
        }
        return ledger;
    }

    static Ledger opened(Path file, SetClock clock) throws IOException {
        clock.set(BEGIN);
        Ledger ledger = Ledger.open(file, clock);
        ledger.begin("net.example", FIRST);
        return ledger;
    }

    static void take(Ledger ledger, Action... actions) throws IOException, IllegalTransition {
        for (Action action : actions) {
            ledger.record(deed(action), null);
        }
    }

    static License license(Ledger ledger) throws IOException {
        return ledger.book().license(ID, ledger.time()).orElseThrow();
    }
}
