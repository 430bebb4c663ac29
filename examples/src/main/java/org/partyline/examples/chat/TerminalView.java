package org.partyline.examples.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Status;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.text.Layout;
import org.partyline.examples.text.Palette;

/** A terminal: what comes in appears above the line being typed, and the last row tells what holds right now. */
final class TerminalView implements View {
    private static final List<String> EDITING = List.of(
            LineReader.SELF_INSERT,
            LineReader.BACKWARD_DELETE_CHAR,
            LineReader.DELETE_CHAR,
            LineReader.BACKWARD_KILL_WORD,
            LineReader.KILL_WHOLE_LINE);
    private static final int MOST_TYPED = 1_000;

    private final Terminal terminal;
    private final Palette palette;
    private final LineReader reader;
    private final @Nullable Status status;
    private volatile String prompt = "> ";
    private volatile Consumer<String> typing = typed -> {};
    private volatile Supplier<List<String>> words = List::of;

    TerminalView(Terminal terminal, Palette palette) {
        this.terminal = terminal;
        this.palette = palette;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("partyline")
                // Quotes and backslashes are text here, and so are exclamation marks.
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                .variable(LineReader.HISTORY_SIZE, MOST_TYPED)
                .completer((line, parsed, candidates) -> {
                    if (parsed.wordIndex() > 0 || parsed.word().startsWith("/")) {
                        words.get().forEach(word -> candidates.add(new Candidate(word)));
                    }
                })
                .build();
        for (String widget : EDITING) {
            reader.getWidgets().put(widget, () -> {
                reader.callWidget("." + widget);
                typing.accept(reader.getBuffer().toString());
                return true;
            });
        }
        this.status = Status.getStatus(terminal);
    }

    @Override
    public void onTyping(Consumer<String> listener) {
        typing = listener;
    }

    @Override
    public void complete(Supplier<List<String>> choices) {
        words = choices;
    }

    @Override
    public Layout layout() {
        int columns = terminal.getWidth();
        return new Layout(columns > 0 ? columns : 80, palette);
    }

    @Override
    public void show(List<String> lines) {
        reader.printAbove(AttributedString.fromAnsi(String.join("\n", lines)));
    }

    @Override
    public synchronized void status(String text) {
        if (status != null) {
            // One cell less than the row has: a full last row can scroll.
            int cells = Math.max(1, terminal.getWidth() - 1);
            AttributedStyle style = palette.colored() ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT;
            AttributedString row = new AttributedString(text, style);
            status.update(List.of(row.columnSubSequence(0, cells)));
        }
    }

    @Override
    public boolean hasStatus() {
        return status != null;
    }

    @Override
    public void prompt(String text) {
        if (!text.equals(prompt)) {
            prompt = text;
            if (reader instanceof LineReaderImpl typing && typing.isReading()) {
                typing.setPrompt(text);
                typing.redisplay();
            }
        }
    }

    @Override
    public @Nullable String readLine() {
        while (true) {
            try {
                return reader.readLine(prompt);
            } catch (UserInterruptException e) {
                // Ctrl-C throws the line away; on an empty line it leaves.
                if (e.getPartialLine().isEmpty()) {
                    return null;
                }
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public void close() {
        try {
            if (status != null) {
                status.update(List.of());
            }
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
