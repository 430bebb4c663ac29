package org.partyline.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.partyline.address.Jid;

/** A running slixmpp client; see {@code slixmpp_peer.py}. */
final class Slixmpp implements AutoCloseable {
    /** Debian's own interpreter, which sees Debian's packages whatever else is on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private final Path directory;
    private final ServerProcess process;

    private Slixmpp(Path directory, ServerProcess process) {
        this.directory = directory;
        this.process = process;
    }

    static Slixmpp start(InteropServer server, Account account, Jid peer) {
        Peers.need("slixmpp", installed(), "python3-slixmpp");
        Path directory = Template.temporaryDirectory("slixmpp");
        Path script = Template.write(directory.resolve("peer.py"), Template.read("slixmpp_peer.py"));
        return new Slixmpp(
                directory,
                ServerProcess.start(
                        "slixmpp",
                        List.of(
                                PYTHON,
                                script.toString(),
                                String.valueOf(server.startTls().port()),
                                server.trustFile().toString(),
                                account.jid().toString(),
                                peer.toString()),
                        Map.of("PEER_PASSWORD", account.password(), "PYTHONUNBUFFERED", "1"),
                        directory));
    }

    void awaitLine(String line) {
        process.awaitReady(() -> process.output().contains(line), Duration.ofSeconds(30));
    }

    private static boolean installed() {
        try {
            Process probe = new ProcessBuilder(PYTHON, "-c", "import slixmpp")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(30, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        Template.delete(directory);
    }
}
