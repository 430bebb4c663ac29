package org.partyline.examples.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.partyline.examples.text.Charsets;
import org.partyline.examples.text.Layout;
import org.partyline.examples.text.Palette;

/** Chooses a view. */
final class Views {
    private Views() {}

    /**
     * {@return a terminal's view if there is a terminal, else lines}
     *
     * @param in where lines come from
     * @param out where lines go
     * @param environment the environment variables
     * @param plain whether lines are wanted in any case
     */
    static View open(InputStream in, PrintWriter out, Map<String, String> environment, boolean plain) {
        boolean lines = plain || environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean person = false;
        if (in == System.in) {
            try {
                Terminal terminal = TerminalBuilder.builder()
                        .system(true)
                        .dumb(false)
                        .encoding(Charsets.terminal())
                        .build();
                if (!lines) {
                    return new TerminalView(terminal, new Palette(Layout.allowsColors(environment)));
                }
                person = true;
                terminal.close();
            } catch (IOException | IllegalStateException e) {
                // Input or output is no terminal: lines, then.
            }
        }
        return new LineView(new InputStreamReader(in, Charsets.terminal()), out, Layout.of(environment), person);
    }
}
