package org.partyline.examples.operator.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import org.partyline.examples.operator.book.Approval;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.book.Suspension;
import org.partyline.examples.operator.book.Terms;
import org.partyline.examples.text.Tone;

/** Licenses in people's words. */
public final class LicenseText {
    private LicenseText() {}

    /** Tells where a license stands. */
    public static void headline(License license, Screen screen) {
        screen.item(
                license.id() + "  ",
                tone(license),
                license.state() + "  " + license.submission().product() + " of "
                        + license.submission().organization()
                        + license.terms()
                                .map(terms -> ", " + terms.tier() + ", revision " + license.revision() + ", until "
                                        + second(terms.expires()))
                                .orElse(""));
        Suspension suspension = license.suspension();
        if (suspension != null) {
            screen.field(
                    "suspended",
                    "until " + second(suspension.until()) + " by " + suspension.by() + ": " + suspension.why());
        }
        Approval approval = license.approval();
        if (approval != null) {
            screen.field("approved", "by " + approval.by() + "; a second person is needed: " + terms(approval.terms()));
        }
    }

    /** Tells all that there is to a license. */
    public static void details(License license, Screen screen) {
        headline(license, screen);
        screen.field("since", second(license.since()));
        screen.field("partner", license.partner());
        screen.field("applied", second(license.applied()));
        screen.field("form", license.submission().form());
        screen.field("self-check", license.report() == null ? "none yet" : license.report());
        license.terms().ifPresent(terms -> screen.field("terms", terms(terms)));
    }

    private static String terms(Terms terms) {
        String quota = terms.quota().entrySet().stream()
                .map((Map.Entry<String, Long> each) -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
        return terms.tier() + " " + terms.profile() + ", " + terms.versions() + " on "
                + String.join(" ", terms.platforms()) + ", " + String.join(" ", terms.features())
                + (quota.isEmpty() ? "" : ", " + quota) + ", until " + second(terms.expires()) + " and "
                + terms.grace().toDays() + " days of grace";
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Tone tone(License license) {
        return switch (license.state()) {
            case GRANTED -> Tone.GOOD;
            case REJECTED, REVOKED, WITHDRAWN, EXPIRED -> Tone.BAD;
            case SUSPENDED, GRACE -> Tone.NOTICE;
            case APPLIED, IN_REVIEW, INFO_REQUESTED -> Tone.OWN;
        };
    }
}
