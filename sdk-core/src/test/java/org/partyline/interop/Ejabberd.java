package org.partyline.interop;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * ejabberd 23.01, started for the tests: without distribution (no epmd), steered through its HTTP API. A single one keeps what it
 * stores in SQLite, since its own database forgets what it wrote last when it is killed; but that is what a cluster shares.
 */
final class Ejabberd extends RealServer {
    /** The schema comes with ejabberd, which does not load it by itself. With a log in front, SQLite syncs once for each message. */
    private static final String LOAD_SCHEMA = """
            ok = application:load(ejabberd),
            {ok, Schema} = file:read_file(filename:join([code:priv_dir(ejabberd), "sql", "lite.new.sql"])),
            {ok, _} = sqlite3:open(schema, [{file, "%s"}]),
            sqlite3:sql_exec(schema, "PRAGMA journal_mode=WAL;"),
            [error({schema, Failure}) || {error, _, _} = Failure <- sqlite3:sql_exec_script(schema, Schema)],
            sqlite3:close(schema).
            """;

    private final Path configuration;
    private final Path libraries;
    private ServerProcess process;

    private final List<String> distribution;

    private Ejabberd(Path libraries, int hibernation, TestAuthority authority, List<String> distribution) {
        super(
                "ejabberd",
                "/ws",
                List.of("PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "ANONYMOUS"),
                authority);
        this.distribution = distribution;
        Map<String, Object> values = new HashMap<>(values());
        values.put("hibernation", hibernation);
        values.put("database", distribution.isEmpty() ? "sql" : "mnesia");
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
        List<String> command = new ArrayList<>(List.of("erl"));
        command.addAll(List.of(
                "+sbwt",
                "none",
                "+sbwtdcpu",
                "none",
                "+sbwtdio",
                "none",
                "-noinput",
                "-mnesia",
                "dir",
                "\"" + directory.resolve("mnesia") + "\""));
        command.addAll(distribution);
        Path database = directory.resolve("ejabberd.sqlite");
        if (distribution.isEmpty() && !Files.exists(database)) {
            command.addAll(List.of("-eval", LOAD_SCHEMA.formatted(database)));
        }
        command.addAll(List.of("-s", "ejabberd"));
        return ServerProcess.start(
                name(),
                command,
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
        return start(hibernation, new TestAuthority(), List.of());
    }

    /**
     * Starts two that are one cluster, on two addresses of loopback: nodes that name their address and agree on a port need no
     * daemon that knows of both.
     */
    static List<Ejabberd> startCluster(int hibernation) {
        TestAuthority authority = new TestAuthority();
        String port = ServerProcess.freePorts(1).get(0).toString();
        String cookie = UUID.randomUUID().toString();
        Ejabberd first = start(hibernation, authority, node("127.0.0.1", port, cookie));
        try {
            List<String> node = new ArrayList<>(node("127.0.0.2", port, cookie));
            // Not through its API, which ends in the middle of it.
            node.addAll(List.of("-s", "ejabberd", "-eval", "ejabberd_cluster:join('ejabberd@127.0.0.1')."));
            Ejabberd second = start(hibernation, authority, node);
            second.awaitJoined("ejabberd@127.0.0.1");
            return List.of(first, second);
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    private void awaitJoined(String node) {
        process.awaitReady(() -> answers() && answer("list_cluster", "{}").contains(node), Duration.ofSeconds(60));
        awaitReady();
    }

    private static List<String> node(String address, String port, String cookie) {
        return List.of(
                "-name",
                "ejabberd@" + address,
                "-setcookie",
                cookie,
                "-start_epmd",
                "false",
                "-erl_epmd_port",
                port,
                "-kernel",
                "inet_dist_use_interface",
                "{" + address.replace('.', ',') + "}");
    }

    private static Ejabberd start(int hibernation, TestAuthority authority, List<String> distribution) {
        Optional<Path> libraries = libraries();
        Peers.need(
                "ejabberd",
                installed("erl") && libraries.isPresent() && has(Path.of("/usr/lib/erlang/lib"), "p1_sqlite3"),
                "ejabberd erlang-p1-sqlite3");
        Ejabberd server = new Ejabberd(libraries.orElseThrow(), hibernation, authority, distribution);
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
                .map(File::toPath)
                .filter(root -> has(root, "ejabberd"))
                .findFirst();
    }

    private static boolean has(Path root, String library) {
        String[] found = root.toFile().list((parent, name) -> name.startsWith(library + "-"));
        return found != null && found.length > 0;
    }

    private void awaitReady() {
        process.awaitReady(
                () -> ServerProcess.accepts(c2s)
                        && ServerProcess.accepts(c2sTls)
                        && ServerProcess.accepts(http)
                        && answers(),
                Duration.ofSeconds(60));
    }

    /** Ends it without a word, and for good. */
    void kill() {
        process.end(true);
    }

    @Override
    void suspend(boolean stopped) {
        process.suspend(stopped);
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
        return send(command, json).status();
    }

    private String answer(String command, String json) {
        return send(command, json).body();
    }

    private record Answer(int status, String body) {}

    /** Leaves neither a thread nor a socket behind, for tests count them. */
    private Answer send(String command, String json) {
        try {
            HttpURLConnection request = (HttpURLConnection) URI.create("http://127.0.0.1:" + http + "/api/" + command)
                    .toURL()
                    .openConnection();
            request.setConnectTimeout(10_000);
            request.setReadTimeout(10_000);
            request.setRequestProperty("Connection", "close");
            request.setDoOutput(true);
            try (OutputStream out = request.getOutputStream()) {
                out.write(json.getBytes(StandardCharsets.UTF_8));
            }
            int status = request.getResponseCode();
            try (InputStream in = status < 400 ? request.getInputStream() : request.getErrorStream()) {
                return new Answer(status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
