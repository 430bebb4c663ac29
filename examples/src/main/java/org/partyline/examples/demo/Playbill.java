package org.partyline.examples.demo;

import java.io.PrintWriter;
import java.util.List;
import org.partyline.examples.text.Layout;
import org.partyline.examples.text.Tone;

/** Prints what happens, as it happens. May be called by any thread. */
final class Playbill {
    private final PrintWriter out;
    private final Layout layout;
    private final int acts;
    private int act; // guarded by this
    private String title = "the beginning"; // guarded by this

    Playbill(PrintWriter out, Layout layout) {
        this.out = out;
        this.layout = layout;
        this.acts = Demo.ACTS;
    }

    /** A new step begins. */
    synchronized void act(String what) {
        act++;
        title = what;
        out.println();
        print(layout.lines(Tone.TITLE, act + "/" + acts + "  " + what));
    }

    /** Something happened. */
    void tell(String what) {
        print(layout.lines("     ", Tone.PLAIN, List.of(what), Tone.PLAIN));
    }

    /** Somebody said something. */
    void says(String who, String what, String how) {
        print(layout.lines("     " + who + ": ", Tone.THEIRS, List.of(what + "  (" + how + ")"), Tone.PLAIN));
    }

    /** Something that had to hold was looked at, and held. */
    void held(String what) {
        print(layout.lines("  ok ", Tone.GOOD, List.of(what), Tone.PLAIN));
    }

    /** Something went wrong on purpose. */
    void mishap(String what) {
        print(layout.lines("  !! ", Tone.NOTICE, List.of(what), Tone.PLAIN));
    }

    /** All is over, and held. */
    void finished(List<String> summary) {
        out.println();
        print(layout.lines(Tone.TITLE, "Every step held. What was seen:"));
        summary.forEach(each -> print(layout.lines("     ", Tone.PLAIN, List.of(each), Tone.PLAIN)));
    }

    synchronized void failed(StepFailedException failure) {
        out.println();
        print(layout.lines(Tone.BAD, "Step " + act + "/" + acts + " failed: " + title));
        print(layout.lines("     expected: ", Tone.PLAIN, List.of(failure.expected()), Tone.PLAIN));
        print(layout.lines("     seen:     ", Tone.PLAIN, List.of(failure.seen()), Tone.PLAIN));
    }

    private synchronized void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
