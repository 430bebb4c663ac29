package org.partyline.examples.operator.book;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.book.Action.Detail;

/** The state machine: what follows from a license and an event, and nothing else. */
public final class Transitions {
    private static final Duration LONGEST = Duration.ofDays(5 * 366);

    /** In which states an action is possible. To apply takes no license. */
    private static final Map<Action, Set<LicenseState>> FROM = new EnumMap<>(Map.ofEntries(
            Map.entry(Action.APPLY, EnumSet.noneOf(LicenseState.class)),
            Map.entry(Action.REVIEW, EnumSet.of(LicenseState.APPLIED)),
            Map.entry(Action.ASK, EnumSet.of(LicenseState.IN_REVIEW)),
            Map.entry(Action.ANSWER, EnumSet.of(LicenseState.INFO_REQUESTED)),
            Map.entry(Action.CHECK, EnumSet.of(LicenseState.IN_REVIEW)),
            Map.entry(
                    Action.APPROVE,
                    EnumSet.of(LicenseState.IN_REVIEW, LicenseState.GRANTED, LicenseState.GRACE, LicenseState.EXPIRED)),
            Map.entry(Action.GRANT, EnumSet.of(LicenseState.IN_REVIEW)),
            Map.entry(Action.REJECT, EnumSet.of(LicenseState.IN_REVIEW)),
            Map.entry(Action.AMEND, EnumSet.of(LicenseState.GRANTED)),
            Map.entry(Action.SUSPEND, EnumSet.of(LicenseState.GRANTED)),
            Map.entry(Action.LIFT, EnumSet.of(LicenseState.SUSPENDED)),
            Map.entry(Action.REVOKE, EnumSet.of(LicenseState.GRANTED, LicenseState.SUSPENDED)),
            Map.entry(Action.RENEW, EnumSet.of(LicenseState.GRACE, LicenseState.EXPIRED)),
            Map.entry(
                    Action.WITHDRAW,
                    EnumSet.complementOf(
                            EnumSet.of(LicenseState.REJECTED, LicenseState.REVOKED, LicenseState.WITHDRAWN)))));

    private Transitions() {}

    /**
     * {@return the license after an event}
     *
     * @param before the license before, or {@code null} if there is none of that id
     * @param event the event
     * @throws IllegalTransition if the event cannot happen to it
     */
    public static License after(@Nullable License before, LicenseEvent event) throws IllegalTransition {
        checkForm(event);
        if (before == null) {
            if (event.action() != Action.APPLY) {
                throw refused(event, "there is no such license");
            }
            return applied(event);
        }
        License license = before.at(event.time());
        if (!requireNonNull(FROM.get(event.action())).contains(license.state())) {
            throw refused(event, "it is " + license.state());
        }
        return moved(license, event);
    }

    /**
     * {@return whether it takes two persons to agree to terms for a license}
     *
     * @param license the license
     * @param terms the terms
     */
    public static boolean needsTwo(License license, Terms terms) {
        return license.terms().map(terms::needTwoAfter).orElse(terms.tier().needsTwo());
    }

    private static License applied(LicenseEvent event) {
        return new License(
                event.license(),
                LicenseState.APPLIED,
                event.time(),
                event.actor().name(),
                requireNonNull(event.details().submission()),
                event.time(),
                0,
                null,
                null,
                null,
                null,
                null);
    }

    private static License moved(License license, LicenseEvent event) throws IllegalTransition {
        Details told = event.details();
        Instant time = event.time();
        return switch (event.action()) {
            case APPLY -> throw refused(event, "it is there");
            case REVIEW -> license.moved(LicenseState.IN_REVIEW, time);
            case ASK -> license.moved(LicenseState.INFO_REQUESTED, time);
            case ANSWER -> answered(license, event);
            case CHECK -> license.withReport(requireNonNull(told.report()));
            case APPROVE -> approved(license, event);
            case GRANT, AMEND, RENEW -> {
                Terms terms = checkedTerms(license, event);
                checkSecond(license, event, terms);
                yield license.moved(LicenseState.GRANTED, time).withTerms(terms, time);
            }
            case REJECT -> license.moved(LicenseState.REJECTED, time);
            case SUSPEND -> suspended(license, event);
            case LIFT -> license.moved(LicenseState.GRANTED, time);
            case REVOKE -> license.moved(LicenseState.REVOKED, time);
            case WITHDRAW -> {
                checkPartner(license, event);
                yield license.moved(LicenseState.WITHDRAWN, time);
            }
        };
    }

    private static License answered(License license, LicenseEvent event) throws IllegalTransition {
        checkPartner(license, event);
        License moved = license.moved(LicenseState.IN_REVIEW, event.time());
        Submission other = event.details().submission();
        if (other == null) {
            return moved;
        }
        if (!other.product().equals(license.submission().product())) {
            throw refused(event, "it is for " + license.submission().product() + ", not for " + other.product());
        }
        return moved.withSubmission(other);
    }

    private static License approved(License license, LicenseEvent event) throws IllegalTransition {
        Terms terms = checkedTerms(license, event);
        if (!needsTwo(license, terms)) {
            throw refused(event, "one person is enough for these terms");
        }
        Approval standing = license.approval();
        if (standing != null && standing.terms().equals(terms)) {
            throw refused(event, standing.by() + " agreed to these terms already; another person has to make them so");
        }
        return license.withApproval(new Approval(event.actor(), terms));
    }

    private static License suspended(License license, LicenseEvent event) throws IllegalTransition {
        Instant until = requireNonNull(event.details().until());
        if (!until.isAfter(event.time())) {
            throw refused(event, "a suspension ends later than now");
        }
        return license.moved(LicenseState.SUSPENDED, event.time())
                .withSuspension(new Suspension(
                        event.actor(), requireNonNull(event.details().why()), until));
    }

    private static Terms checkedTerms(License license, LicenseEvent event) throws IllegalTransition {
        Terms terms = requireNonNull(event.details().terms());
        if (license.state() == LicenseState.IN_REVIEW && license.report() == null) {
            throw refused(event, "no self-check that passed is recorded");
        }
        if (!terms.expires().isAfter(event.time())) {
            throw refused(event, "its terms end later than now");
        }
        if (terms.expires().isAfter(event.time().plus(LONGEST))) {
            throw refused(event, "its terms end within " + LONGEST.toDays() + " days");
        }
        return terms;
    }

    private static void checkSecond(License license, LicenseEvent event, Terms terms) throws IllegalTransition {
        if (!needsTwo(license, terms)) {
            return;
        }
        Approval first = license.approval();
        if (first == null || !first.terms().equals(terms)) {
            throw refused(
                    event, "tier " + terms.tier() + " takes two persons, and nobody has agreed to these terms yet");
        }
        if (first.by().equals(event.actor())) {
            throw refused(event, "tier " + terms.tier() + " takes two persons, and " + first.by() + " was the first");
        }
    }

    private static void checkPartner(License license, LicenseEvent event) throws IllegalTransition {
        if (!event.actor().name().equals(license.partner())) {
            throw refused(event, "it is another partner's");
        }
    }

    private static void checkForm(LicenseEvent event) throws IllegalTransition {
        if (!event.action().isOpenTo(event.actor().role())) {
            throw refused(event, event.actor() + " may not do that");
        }
        for (Detail detail : Detail.values()) {
            boolean has = event.details().has(detail);
            if (event.action().needs(detail) && !has) {
                throw refused(event, "it lacks " + detail.toString().toLowerCase(Locale.ROOT));
            }
            if (has && !event.action().allows(detail)) {
                throw refused(event, detail.toString().toLowerCase(Locale.ROOT) + " does not go with it");
            }
        }
    }

    private static IllegalTransition refused(LicenseEvent event, String why) {
        return new IllegalTransition(event, why);
    }
}
