package org.partyline.examples.operator;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.application.InvalidApplicationException;
import org.partyline.examples.operator.book.Actor;
import org.partyline.examples.operator.book.IllegalTransition;
import org.partyline.examples.operator.book.Ledger;
import org.partyline.examples.operator.book.Ledger.Deed;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.output.LicenseJson;
import org.partyline.examples.operator.output.LicenseText;
import org.partyline.examples.operator.output.Screen;
import picocli.CommandLine.Parameters;

/** A command that does one thing about one license. */
abstract class LicenseCommand extends WritingCommand {
    @Parameters(paramLabel = "ID", description = "The license, such as lic_7Q2M4.")
    private String id = "";

    LicenseCommand(Desk desk) {
        super(desk);
    }

    /**
     * {@return what is to be done}
     *
     * @param license the license as it is
     * @param ledger the books
     * @param books where they lie
     */
    abstract Deed deed(License license, Ledger ledger, Home books)
            throws IOException, IllegalTransition, InvalidApplicationException;

    /** Keeps what the log is to name. Called when nothing but the disk is in the way any more. */
    void keep(Home books) throws IOException {}

    /** Tells people what came of it. */
    void tell(License after, Deed deed, Screen screen) {
        LicenseText.headline(after, screen);
    }

    @Override
    void run(Home books, Screen screen) throws IOException, IllegalTransition, InvalidApplicationException {
        try (Ledger ledger = books.open(desk().clock())) {
            License before = find(ledger, id);
            Deed deed = deed(before, ledger, books);
            Actor writer = actor();
            ledger.check(List.of(deed));
            keep(books);
            License after = ledger.record(deed, via(deed, writer));
            tell(after, deed, screen);
            screen.result(LicenseJson.of(after));
        }
    }

    static License find(Ledger ledger, String id) throws IOException {
        return ledger.book().license(id, ledger.time()).orElseThrow(() -> new IOException("there is no license " + id));
    }

    /** {@return who writes down what somebody else did, if that is so} */
    static @Nullable Actor via(Deed deed, Actor writer) {
        return deed.actor().equals(writer) ? null : writer;
    }
}
