package org.partyline.examples.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.application.InvalidApplicationException;
import org.partyline.examples.operator.application.Problem;
import org.partyline.examples.operator.book.IllegalTransition;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.output.Failures;
import org.partyline.examples.operator.output.Screen;
import org.partyline.examples.text.ForeignText;
import org.partyline.examples.text.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands on the books have in common. What they cannot do they say in a line for each reason. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:refused or failed; it says why", "2:the command line is not usable"})
abstract class BooksCommand implements Callable<Integer> {
    private final Desk desk;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "operator",
            description = "Where the books lie (default: ./${DEFAULT-VALUE}).")
    private Path home = Path.of("operator");

    @Option(names = "--json", description = "Print one JSON document, for programs.")
    private boolean json;

    BooksCommand(Desk desk) {
        this.desk = desk;
    }

    /** Does what the command is for. */
    abstract void run(Home books, Screen screen) throws IOException, IllegalTransition, InvalidApplicationException;

    @Override
    public final Integer call() {
        Screen screen = new Screen(spec().commandLine().getOut(), desk.layout(), json);
        try {
            run(new Home(home), screen);
            return 0;
        } catch (InvalidApplicationException e) {
            screen.result(Obj.EMPTY.with("problems", problems(e.problems())));
            e.problems().forEach(each -> fail(each.toString()));
        } catch (IOException e) {
            fail(Failures.of(e));
        } catch (IllegalTransition e) {
            fail(String.valueOf(e.getMessage()));
        }
        return 1;
    }

    final Desk desk() {
        return desk;
    }

    final ParameterException misuse(String what) {
        return new ParameterException(spec().commandLine(), what);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    private void fail(String why) {
        desk.layout()
                .lines(Tone.BAD, "error: " + ForeignText.line(why))
                .forEach(spec().commandLine().getErr()::println);
    }

    private static Arr problems(List<Problem> problems) {
        return new Arr(problems.stream()
                .<Json>map(each ->
                        Obj.EMPTY.with("pointer", Json.of(each.pointer())).with("message", Json.of(each.message())))
                .toList());
    }
}
