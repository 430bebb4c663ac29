package org.partyline.examples.operator;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.application.Application;
import org.partyline.examples.operator.application.AskedTerms;
import org.partyline.examples.operator.book.Action;
import org.partyline.examples.operator.book.Actor;
import org.partyline.examples.operator.book.Approval;
import org.partyline.examples.operator.book.Details;
import org.partyline.examples.operator.book.Ledger;
import org.partyline.examples.operator.book.Ledger.Deed;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.book.Terms;
import org.partyline.examples.operator.book.Transitions;
import org.partyline.examples.operator.output.Screen;
import org.partyline.examples.text.Tone;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Commands that agree to terms: {@code grant}, {@code amend}, {@code renew}. Where two persons have to, each gives it once. */
final class TermsCommand extends LicenseCommand {
    private final Action action;

    @Mixin
    private TermsOptions options = new TermsOptions();

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the log.")
    private @Nullable String why;

    TermsCommand(Desk desk, Action action) {
        super(desk);
        this.action = action;
    }

    @Override
    Deed deed(License license, Ledger ledger, Home books) throws IOException {
        Actor actor = actor();
        try {
            Terms terms = terms(license, ledger, books);
            Approval first = license.approval();
            boolean agreed = first != null && first.terms().equals(terms);
            Action next = Transitions.needsTwo(license, terms) && !agreed ? Action.APPROVE : action;
            return new Deed(
                    license.id(), next, actor, Details.NONE.withTerms(terms).withWhy(why));
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
    }

    @Override
    void tell(License after, Deed deed, Screen screen) {
        super.tell(after, deed, screen);
        if (deed.action() == Action.APPROVE) {
            screen.say(
                    Tone.NOTICE,
                    "Not yet: these terms take two persons. The second one gives: ./partyline operator " + action + " "
                            + after.id() + " --as NAME");
        }
    }

    private Terms terms(License license, Ledger ledger, Home books) throws IOException {
        Approval first = license.approval();
        if (options.isEmpty() && first != null) {
            return first.terms();
        }
        Instant now = ledger.time();
        Terms current = license.granted();
        if (current != null) {
            if (options.isEmpty() && action == Action.AMEND) {
                throw misuse("tell what changes, such as --quota sess_user=4");
            }
            return options.over(current, now, action == Action.RENEW);
        }
        if (!options.hasTier()) {
            throw misuse("tell how much it allows: --tier t0 to t9");
        }
        Application form = books.forms().load(license.submission().form());
        return options.over(AskedTerms.of(form, license.submission().product(), now), now, true);
    }
}
