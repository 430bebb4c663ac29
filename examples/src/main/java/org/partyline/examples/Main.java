package org.partyline.examples;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.chat.ChatCommand;
import org.partyline.examples.demo.DemoCommand;
import org.partyline.examples.operator.OperatorCommand;
import org.partyline.examples.text.Charsets;
import org.partyline.examples.text.Explanation;
import org.partyline.examples.text.ForeignText;
import org.partyline.examples.text.Layout;
import org.partyline.examples.text.Tone;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the command line. Whatever goes wrong is told in a line, and by the exit code. */
@Command(
        name = "partyline",
        description = "Shows what the Partyline library does.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "Partyline 0.1.0-SNAPSHOT",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:a step failed, or signing in did, or what was asked for was refused",
            "2:the command line is not usable"
        })
public final class Main implements Runnable {
    private static final int WIDEST_HELP = 100;
    private static final int NARROWEST_HELP = 55; // picocli takes no less

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    /**
     * Runs a command, and ends the process.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        Layout layout = Layout.of(System.getenv());
        PrintWriter out = new PrintWriter(System.out, true, Charsets.terminal());
        PrintWriter err = new PrintWriter(System.err, true, Charsets.terminal());
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> fail(layout, err, failure));
        int code = commandLine(System.getenv(), System.in, out, err).execute(arguments);
        out.flush();
        System.exit(code);
    }

    /**
     * {@return the command line}
     *
     * @param environment the environment variables
     * @param in where lines come from
     * @param out where results go
     * @param err where errors go
     */
    public static CommandLine commandLine(
            Map<String, String> environment, InputStream in, PrintWriter out, PrintWriter err) {
        return commandLine(environment, in, out, err, Clock.systemUTC());
    }

    /**
     * {@return the command line, at a time of one's own}
     *
     * @param environment the environment variables
     * @param in where lines come from
     * @param out where results go
     * @param err where errors go
     * @param clock tells the operator's side the time
     */
    public static CommandLine commandLine(
            Map<String, String> environment, InputStream in, PrintWriter out, PrintWriter err, Clock clock) {
        Layout layout = Layout.of(environment);
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new DemoCommand(layout))
                .addSubcommand(new ChatCommand(environment, in))
                .addSubcommand(OperatorCommand.line(environment, in, clock));
        line.setOut(out);
        line.setErr(err);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(layout.palette().colored() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, layout.columns())));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, arguments) -> misused(layout, failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof ParameterException misuse) {
                return misused(layout, misuse);
            }
            fail(layout, command.getErr(), failure);
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        return line;
    }

    private static int misused(Layout layout, ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String message = String.valueOf(failure.getMessage());
        print(
                layout,
                command.getErr(),
                ForeignText.line(message) + (message.endsWith(".") || message.endsWith("?") ? "" : ".") + " Try: "
                        + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static void fail(Layout layout, PrintWriter err, Throwable failure) {
        print(layout, err, Explanation.of(failure));
    }

    private static void print(Layout layout, PrintWriter err, String text) {
        layout.lines(Tone.BAD, "error: " + text).forEach(err::println);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "which command: demo, chat or operator?");
        }
    }
}
