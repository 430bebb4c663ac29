package org.partyline.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partyline.examples.Main;

/** Gives commands as somebody at a shell would, and keeps what they print. */
final class Operator {
    private final Path home;
    private final SetClock clock;
    private final Map<String, String> environment = new HashMap<>(Map.of("PARTYLINE_OPERATOR", "reviewer-1"));
    private byte[] input = {};
    private String out = "";
    private String err = "";

    Operator(Path home, SetClock clock) {
        this.home = home;
        this.clock = clock;
    }

    Operator with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Operator typing(byte[] text) {
        input = text.clone();
        return this;
    }

    int run(String... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        List<String> all = new ArrayList<>(List.of("operator"));
        all.addAll(List.of(arguments));
        boolean takesHome = arguments.length > 1 || (arguments.length == 1 && !arguments[0].equals("audit"));
        if (takesHome && !all.contains("--home")) {
            all.add("--home");
            all.add(home.toString());
        }
        int code = Main.commandLine(
                        environment,
                        new ByteArrayInputStream(input),
                        new PrintWriter(printed, true),
                        new PrintWriter(complained, true),
                        clock)
                .execute(all.toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return code;
    }

    /** Runs what has to go well, and gives what it prints. */
    String ok(String... arguments) {
        assertEquals(0, run(arguments), () -> String.join(" ", arguments) + "\n" + out + err);
        assertEquals("", err);
        return out;
    }

    /** Runs what has to go well, and gives the document that it prints. */
    JsonNode json(String... arguments) throws IOException {
        List<String> more = new ArrayList<>(List.of(arguments));
        more.add("--json");
        String text = ok(more.toArray(String[]::new));
        assertEquals(1, text.lines().count(), text);
        return new ObjectMapper().readTree(text);
    }

    /** Runs what has to fail: with one line that says why, and nothing else. */
    void fails(int code, String part, String... arguments) {
        assertEquals(code, run(arguments), () -> String.join(" ", arguments) + "\n" + out + err);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.startsWith("error: ") && err.contains(part), err);
        assertFalse(err.contains("Exception") || err.contains("unexpected"), err);
        assertEquals("", out);
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }
}
