package org.partyline.examples.chat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.partyline.examples.text.Explanation;
import org.partyline.examples.text.ForeignText;
import org.partyline.examples.text.Tone;

/** Words what happens, and shows it. What others wrote is made harmless here. */
final class Screen {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final String ACTION = "/me ";

    private final View view;
    private final Clock clock;

    Screen(View view, Clock clock) {
        this.view = view;
        this.clock = clock;
    }

    View view() {
        return view;
    }

    /** Somebody says something. */
    void says(String who, Remark remark, String mark) {
        List<String> body = ForeignText.lines(remark.text());
        String head = time(remark.at()) + " " + who + ": ";
        if (remark.text().startsWith(ACTION)) { // XEP-0245
            head = time(remark.at()) + " * " + who + " ";
            body = ForeignText.lines(remark.text().substring(ACTION.length()));
        }
        view.show(view.layout().lines(head, remark.own() ? Tone.OWN : Tone.THEIRS, marked(body, mark), Tone.PLAIN));
    }

    private static List<String> marked(List<String> body, String mark) {
        if (mark.isEmpty()) {
            return body;
        }
        List<String> marked = new ArrayList<>(body);
        marked.set(body.size() - 1, body.get(body.size() - 1) + "  [" + mark + "]");
        return marked;
    }

    /** Something happened. */
    void tell(String what) {
        note(Tone.FAINT, what);
    }

    /** Something happened that wants to be noticed. */
    void notice(String what) {
        note(Tone.NOTICE, what);
    }

    /** Something went well. */
    void good(String what) {
        note(Tone.GOOD, what);
    }

    private void note(Tone tone, String what) {
        view.show(view.layout().lines(time(clock.instant()) + " * ", tone, List.of(what), tone));
    }

    /** Something failed. */
    void error(String what) {
        view.show(view.layout().lines("error: ", Tone.BAD, List.of(what), Tone.BAD));
    }

    /** Something failed. */
    void error(Throwable failure) {
        error(Explanation.of(failure));
    }

    /** A heading. */
    void title(String what) {
        view.show(view.layout().lines(Tone.TITLE, what));
    }

    /** An entry of a list, in two columns. */
    void entry(String name, String what, int width) {
        view.show(view.layout()
                .lines(
                        "  " + name + " ".repeat(Math.max(1, width - name.length())),
                        Tone.PLAIN,
                        List.of(what),
                        Tone.FAINT));
    }

    private String time(Instant at) {
        ZonedDateTime local = at.atZone(clock.getZone());
        boolean today = local.toLocalDate().equals(LocalDate.now(clock));
        return (today ? TIME : DAY).format(local);
    }
}
