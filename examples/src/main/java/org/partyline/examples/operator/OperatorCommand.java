package org.partyline.examples.operator;

import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.book.Action;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./partyline operator}. */
@Command(
        name = "operator",
        description = {
            "Keeps a network's books on who may connect with which product.",
            "",
            "  partyline operator init --network net.example",
            "  partyline operator apply application.json",
            "  partyline operator review lic_7Q2M4 --self-check report.json",
            "  partyline operator grant lic_7Q2M4 --tier t1",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class OperatorCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private OperatorCommand() {}

    /**
     * {@return the command, with all those below it}
     *
     * @param environment the environment variables
     * @param in standard input
     * @param clock tells the time
     */
    public static CommandLine line(Map<String, String> environment, InputStream in, Clock clock) {
        Desk desk = new Desk(environment, in, clock);
        CommandLine line = new CommandLine(new OperatorCommand())
                .addSubcommand(new InitCommand(desk))
                .addSubcommand(new ApplyCommand(desk))
                .addSubcommand(new ReviewCommand(desk));
        add(
                line,
                Action.ASK,
                new ReasonCommand(desk, Action.ASK),
                "Asks the partner something. The review waits for the answer.");
        line.addSubcommand(new AnswerCommand(desk));
        add(
                line,
                Action.GRANT,
                new TermsCommand(desk, Action.GRANT),
                "Grants a license that is in review, once its self-check passed.");
        add(line, Action.REJECT, new ReasonCommand(desk, Action.REJECT), "Ends a review without a license.");
        add(
                line,
                Action.AMEND,
                new TermsCommand(desk, Action.AMEND),
                "Changes the terms of a license that is granted.");
        line.addSubcommand(new SuspendCommand(desk));
        add(line, Action.LIFT, new ReasonCommand(desk, Action.LIFT), "Ends a suspension.");
        add(line, Action.REVOKE, new ReasonCommand(desk, Action.REVOKE), "Ends a license for good, and bars its keys.");
        add(line, Action.RENEW, new TermsCommand(desk, Action.RENEW), "Grants a license anew whose time is up.");
        add(
                line,
                Action.WITHDRAW,
                new ReasonCommand(desk, Action.WITHDRAW),
                "Writes down that the partner gave a license back.");
        return line.addSubcommand(new ListCommand(desk))
                .addSubcommand(new ShowCommand(desk))
                .addSubcommand(new CommandLine(new AuditCommand())
                        .addSubcommand(new AuditVerifyCommand(desk))
                        .addSubcommand(new AuditShowCommand(desk)));
    }

    /** Several commands are of one kind, which has no name and no description of its own. */
    private static void add(CommandLine line, Action action, Object command, String description) {
        CommandLine below = new CommandLine(command);
        below.getCommandSpec().name(action.toString()).usageMessage().description(description);
        line.addSubcommand(below);
    }

    /** Without a command there is nothing to do but to say so. */
    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "which command: init, apply, review, or another one?");
        }
    }
}
