package org.partyline.examples.operator.output;

import java.io.PrintWriter;
import java.util.List;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.JsonWriter;
import org.partyline.examples.text.ForeignText;
import org.partyline.examples.text.Layout;
import org.partyline.examples.text.Tone;

/**
 * Where results go: lines for people, or one JSON document for programs. What partners wrote is made harmless here.
 *
 * @param out standard output
 * @param layout lays out lines
 * @param machine whether a program reads
 */
public record Screen(PrintWriter out, Layout layout, boolean machine) {
    private static final int NAMES = 14; // wide enough for the longest name of a field

    /** Tells people something. */
    public void say(Tone tone, String text) {
        if (!machine) {
            layout.lines(tone, ForeignText.line(text)).forEach(out::println);
        }
    }

    /** Tells people something that has a name. */
    public void field(String name, String value) {
        item("  " + name + " ".repeat(Math.max(1, NAMES - name.length())), Tone.FAINT, value);
    }

    /** Tells people something that begins with what it is about. */
    public void item(String head, Tone tone, String body) {
        if (!machine) {
            layout.lines(head, tone, List.of(ForeignText.line(body)), Tone.PLAIN)
                    .forEach(out::println);
        }
    }

    /** Tells programs the result. */
    public void result(Obj result) {
        if (machine) {
            out.println(JsonWriter.write(result));
        }
    }
}
