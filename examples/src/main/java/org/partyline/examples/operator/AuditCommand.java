package org.partyline.examples.operator;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./partyline operator audit}. */
@Command(
        name = "audit",
        description = "Looks at the log that all else follows from.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "which command: verify or show?");
        }
    }
}
