package org.partyline.examples.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.text.Layout;
import org.partyline.testkit.TestNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./partyline demo}. */
@Command(
        name = "demo",
        description = {
            "Two people meet, chat, and lose and regain a connection.",
            "",
            "Runs on a network inside this process: real TCP and TLS on loopback, no installed server, nothing to set up. "
                    + "Every step is checked by what both sides and the network counted.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every step held", "1:a step did not hold; it is named", "2:the command line is not usable"})
public final class DemoCommand implements Callable<Integer> {
    private static final int MOST_MESSAGES = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Layout layout;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-n", "--messages"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many messages each side sends around the cut: 2 to " + MOST_MESSAGES
                    + " (default: ${DEFAULT-VALUE}).")
    private int messages;

    /**
     * Makes the command.
     *
     * @param layout lays out what is printed
     */
    public DemoCommand(Layout layout) {
        this.layout = layout;
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec, "set by picocli");
        if (messages < 2 || messages > MOST_MESSAGES) {
            throw new ParameterException(
                    command.commandLine(), "--messages is 2 to " + MOST_MESSAGES + ", not " + messages);
        }
        PrintWriter out = command.commandLine().getOut();
        try (TestNetwork network = Demo.network()) {
            return play(network, new Playbill(out, layout), PATIENCE, messages);
        }
    }

    /** Plays the demo on a network, and gives the exit code. */
    static int play(TestNetwork network, Playbill playbill, Duration patience, int messages)
            throws InterruptedException {
        try {
            new Demo(network, playbill, patience, messages).play();
            return 0;
        } catch (StepFailedException e) {
            playbill.failed(e);
            return 1;
        }
    }
}
