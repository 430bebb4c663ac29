package org.partyline.examples.operator;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.application.Application;
import org.partyline.examples.operator.application.InvalidApplicationException;
import org.partyline.examples.operator.book.Action;
import org.partyline.examples.operator.book.Actor;
import org.partyline.examples.operator.book.Details;
import org.partyline.examples.operator.book.Ids;
import org.partyline.examples.operator.book.IllegalTransition;
import org.partyline.examples.operator.book.Ledger;
import org.partyline.examples.operator.book.Ledger.Deed;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.book.Submission;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.output.LicenseJson;
import org.partyline.examples.operator.output.LicenseText;
import org.partyline.examples.operator.output.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./partyline operator apply}. */
@Command(
        name = "apply",
        description = {
            "Takes a partner's application. Each product in it becomes a license to be reviewed.",
            "",
            "The same application a second time changes nothing.",
            ""
        })
final class ApplyCommand extends WritingCommand {
    @Parameters(paramLabel = "FILE", description = "The application, in JSON; - for standard input.")
    private String file = "";

    @Option(names = "--partner", paramLabel = "ID", description = "Who applies, if that partner has an id already.")
    private @Nullable String partner;

    ApplyCommand(Desk desk) {
        super(desk);
    }

    @Override
    void run(Home books, Screen screen) throws IOException, IllegalTransition, InvalidApplicationException {
        Actor writer = actor();
        Application application = Forms.read(file, desk().in());
        try (Ledger ledger = books.open(desk().clock())) {
            List<License> known = ledger.book().licenses(ledger.time());
            List<License> there = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            for (Obj product : application.products()) {
                String id = product.text("id").orElseThrow();
                Optional<License> license = handedInBefore(known, application, id);
                license.ifPresentOrElse(there::add, () -> missing.add(id));
            }
            List<License> all = new ArrayList<>(there);
            if (!missing.isEmpty()) {
                Actor applicant = Actor.partner(
                        there.isEmpty() ? partner(known) : there.get(0).partner());
                List<Deed> deeds = deeds(ledger, application, missing, applicant);
                ledger.check(deeds);
                // Before the log names it: a form without a name does no harm, a name without a form would.
                books.forms().keep(application);
                all.addAll(ledger.record(deeds, writer));
            }
            all.forEach(each -> LicenseText.headline(each, screen));
            screen.result(
                    Obj.EMPTY.with("partner", Json.of(all.get(0).partner())).with("licenses", LicenseJson.all(all)));
        }
    }

    private static Optional<License> handedInBefore(List<License> known, Application application, String product) {
        return known.stream()
                .filter(each -> !each.state().terminal())
                .filter(each -> each.submission().product().equals(product))
                .filter(each -> each.submission().form().equals(application.digest()))
                .findFirst();
    }

    private String partner(List<License> known) throws IOException {
        List<String> partners = known.stream().map(License::partner).toList();
        if (partner == null) {
            return Ids.partner(partners::contains);
        }
        if (!partners.contains(partner)) {
            throw new IOException("there is no partner " + partner);
        }
        return partner;
    }

    private static List<Deed> deeds(Ledger ledger, Application application, List<String> products, Actor applicant)
            throws IOException {
        Instant now = ledger.time();
        List<Deed> deeds = new ArrayList<>();
        for (String product : products) {
            Submission submission = Forms.submission(application, product);
            String id = Ids.license(taken -> ledger.book().license(taken, now).isPresent());
            deeds.add(new Deed(id, Action.APPLY, applicant, Details.NONE.withSubmission(submission)));
        }
        return deeds;
    }
}
