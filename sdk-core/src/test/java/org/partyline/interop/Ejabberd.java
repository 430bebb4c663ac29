package org.partyline.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** ejabberd 23.01, started for the tests: without distribution (no epmd), steered through its HTTP API. */
final class Ejabberd extends RealServer {
    private final Path configuration;
    private final Path libraries;
    private ServerProcess process;
    private final HttpClient api = HttpClient.newHttpClient();

    private Ejabberd(Path libraries, int hibernation) {
        super("ejabberd", "/ws", List.of("PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "ANONYMOUS"));
        Map<String, Object> values = new HashMap<>(values());
        values.put("hibernation", hibernation);
        values.put("notPlain", others("PLAIN", ""));
        values.put("notSha1", others("SCRAM-SHA-1", ""));
        values.put("notSha256", others("SCRAM-SHA-256", ""));
        values.put("notSha512", others("SCRAM-SHA-512", ""));
        this.libraries = libraries;
        configuration = Template.fill("ejabberd.yml", values, directory.resolve("ejabberd.yml"));
        process = launch();
    }

    private ServerProcess launch() {
        Path home = Template.write(directory.resolve("home/.keep"), "").getParent();
        return ServerProcess.start(
                name(),
                List.of(
                        "erl",
                        "+sbwt",
                        "none",
                        "+sbwtdcpu",
                        "none",
                        "+sbwtdio",
                        "none",
                        "-noinput",
                        "-mnesia",
                        "dir",
                        "\"" + directory.resolve("mnesia") + "\"",
                        "-s",
                        "ejabberd"),
                Map.of(
                        "HOME", home.toString(),
                        "ERL_LIBS", libraries.toString(),
                        "ERL_CRASH_DUMP_BYTES", "0",
                        "EJABBERD_CONFIG_PATH", configuration.toString(),
                        "EJABBERD_LOG_PATH", directory.resolve("ejabberd.log").toString(),
                        "EJABBERD_PID_PATH", directory.resolve("ejabberd.pid").toString()),
                directory);
    }

    static Ejabberd start() {
        return start(HIBERNATION);
    }

    /** Starts it so that a session without a connection is kept for so many seconds. */
    static Ejabberd start(int hibernation) {
        Optional<Path> libraries = libraries();
        Peers.need("ejabberd", installed("erl") && libraries.isPresent(), "ejabberd");
        Ejabberd server = new Ejabberd(libraries.orElseThrow(), hibernation);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Debian keeps Erlang's libraries under the architecture's directory. */
    private static Optional<Path> libraries() {
        File[] roots = new File("/usr/lib").listFiles(File::isDirectory);
        return Stream.of(roots == null ? new File[0] : roots)
                .filter(root -> {
                    String[] found = root.list((parent, name) -> name.startsWith("ejabberd-"));
                    return found != null && found.length > 0;
                })
                .map(File::toPath)
                .findFirst();
    }

    private void awaitReady() {
        process.awaitReady(
                () -> ServerProcess.accepts(c2s)
                        && ServerProcess.accepts(c2sTls)
                        && ServerProcess.accepts(http)
                        && answers(),
                Duration.ofSeconds(60));
    }

    @Override
    void restart(boolean killed) {
        process.end(killed);
        process = launch();
        awaitReady();
    }

    @Override
    public String name() {
        return "ejabberd";
    }

    /** What reaches the session's old process while the new one takes over is routed again, behind what came meanwhile. */
    @Override
    public boolean keepsOrderWhileResuming() {
        return false;
    }

    @Override
    public boolean hasExtendedArchives() {
        return false;
    }

    /** It takes up from the beginning. */
    @Override
    public boolean refusesUnknownArchiveIds() {
        return false;
    }

    @Override
    public void createAccount(String local, String domain, String password) {
        int status = call(
                "register",
                "{\"user\":\"" + local + "\",\"host\":\"" + domain + "\",\"password\":\"" + password + "\"}");
        if (status != 200) {
            throw new IllegalStateException("ejabberd answered " + status + " to the registration of " + local);
        }
    }

    /** While it starts, it accepts connections that it does not answer on. */
    private boolean answers() {
        try {
            return call("status", "{}") == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private int call(String command, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/api/" + command))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            return api.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String log() {
        return ServerProcess.tail(directory.resolve("ejabberd.log")) + "\n" + process.output();
    }

    @Override
    public void close() {
        process.close();
        Template.delete(directory);
    }
}
