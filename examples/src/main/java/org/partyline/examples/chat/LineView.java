package org.partyline.examples.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.text.Layout;

/** Lines in, lines out: for scripts, pipes, screen readers and terminals that can do no more. */
final class LineView implements View {
    private final BufferedReader in;
    private final PrintWriter out;
    private final Layout layout;
    private final boolean interactive;

    LineView(Reader in, PrintWriter out, Layout layout, boolean interactive) {
        this.in = new BufferedReader(in);
        this.out = out;
        this.layout = layout;
        this.interactive = interactive;
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public synchronized void show(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    @Override
    public void status(String text) {}

    @Override
    public boolean hasStatus() {
        return false;
    }

    @Override
    public void prompt(String text) {}

    @Override
    public @Nullable String readLine() {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean interactive() {
        return interactive;
    }

    @Override
    public void close() {
        out.flush();
    }
}
