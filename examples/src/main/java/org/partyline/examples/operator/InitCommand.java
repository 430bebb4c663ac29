package org.partyline.examples.operator;

import java.io.IOException;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.output.Screen;
import org.partyline.examples.text.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./partyline operator init}. */
@Command(name = "init", description = "Makes a directory for the books, and begins the log in it.")
final class InitCommand extends WritingCommand {
    @Option(
            names = "--network",
            paramLabel = "DOMAIN",
            required = true,
            description = "The network that licenses are for, such as net.example.")
    private String network = "";

    InitCommand(Desk desk) {
        super(desk);
    }

    @Override
    void run(Home books, Screen screen) throws IOException {
        if (!network.matches("[a-z0-9-]{1,63}([.][a-z0-9-]{1,63}){0,10}")) {
            throw misuse("--network is a domain in lower case, such as net.example");
        }
        books.begin(network, actor(), desk().clock());
        screen.say(Tone.GOOD, "The books of " + network + " lie in " + books.directory() + ".");
        screen.result(Obj.EMPTY
                .with("network", Json.of(network))
                .with("home", Json.of(books.directory().toString())));
    }
}
