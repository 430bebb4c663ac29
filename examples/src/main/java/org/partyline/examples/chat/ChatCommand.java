package org.partyline.examples.chat;

import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.transport.proxy.ProxyServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./partyline chat}. */
@Command(
        name = "chat",
        description = {
            "A chat client for the terminal.",
            "",
            "  partyline chat --embedded                a network inside this process, where somebody echoes",
            "  partyline chat --account you@server      a real server",
            "",
            "Type /help in it for what can be typed. Without a terminal it reads lines and prints lines, for scripts:",
            "",
            "  echo '/msg romeo@verona.example Good even!' | partyline chat -a juliet@verona.example",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:left in order",
            "1:could not sign in, the server ended the session, or in a script a line failed",
            "2:the command line is not usable"
        })
public final class ChatCommand implements Callable<Integer> {
    private static final Duration EMBEDDED_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, String> environment;
    private final InputStream in;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SignInOptions signIn = new SignInOptions();

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @Mixin
    private ProxyOption proxy = new ProxyOption();

    @Option(
            names = "--embedded",
            description = "Run a network inside this process, and talk to somebody there who echoes.")
    private boolean embedded;

    @Option(names = "--plain", description = "Lines in, lines out, even on a terminal.")
    private boolean plain;

    /**
     * Makes the command.
     *
     * @param environment the environment variables
     * @param in where lines come from where there is no terminal
     */
    public ChatCommand(Map<String, String> environment, InputStream in) {
        this.environment = environment;
        this.in = in;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (embedded) {
            return onEmbeddedNetwork();
        }
        Jid account = signIn.account();
        if (account == null) {
            throw misuse("--account you@server, or --embedded to try it without a server");
        }
        ChatClient.Builder builder;
        try {
            builder = signIn.builder().account(account);
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
        try (View view = open()) {
            useProxy(builder, view);
            char[] secret = askPassword(account, view);
            try {
                builder.credentials(Credentials.password(secret::clone));
                return new ChatRun(view).run(builder, signIn.timeout(), "as " + account.displayForm(), null);
            } finally {
                Arrays.fill(secret, '\0');
                proxy.wipe();
            }
        }
    }

    private int onEmbeddedNetwork() throws InterruptedException {
        if (signIn.account() != null || signIn.namesServer() || proxy.isSet()) {
            throw misuse("--embedded brings its own account and server; leave --account, --server and the like out");
        }
        try (View view = open();
                Embedded network = Embedded.start()) {
            return new ChatRun(view)
                    .run(network.builder(), EMBEDDED_TIMEOUT, "to the network inside this process", network);
        }
    }

    private View open() {
        return Views.open(in, spec().commandLine().getOut(), environment, plain);
    }

    private void useProxy(ChatClient.Builder builder, View view) {
        try {
            ProxyServer through = proxy.read(environment, view.interactive());
            if (through != null) {
                builder.proxy(through);
            }
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
    }

    private char[] askPassword(Jid account, View view) {
        try {
            return password.read(account, environment, view.interactive());
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    private ParameterException misuse(String what) {
        return new ParameterException(spec().commandLine(), what);
    }
}
