package org.partyline.interop;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prosody 0.12, started for the tests. */
final class Prosody extends RealServer {
    private final Path configuration;
    private ServerProcess process;

    private Prosody(int hibernation) {
        super(
                "prosody",
                "/xmpp-websocket",
                List.of("PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "ANONYMOUS", "EXTERNAL"),
                new TestAuthority());
        Map<String, Object> values = new HashMap<>(values());
        values.put("hibernation", hibernation);
        values.put("notPlain", others("PLAIN", "\""));
        values.put("notSha1", others("SCRAM-SHA-1", "\""));
        values.put("notSha256", others("SCRAM-SHA-256", "\""));
        Template.write(
                directory.resolve("modules/mod_modern_sign_in.lua"), Template.read("prosody/mod_modern_sign_in.lua"));
        configuration = Template.fill("prosody.cfg.lua", values, directory.resolve("prosody.cfg.lua"));
        process = launch();
    }

    private ServerProcess launch() {
        return ServerProcess.start(
                name(), List.of("prosody", "--config", configuration.toString(), "-F"), Map.of(), directory);
    }

    static Prosody start() {
        return start(HIBERNATION);
    }

    /** Starts it so that a session without a connection is kept for so many seconds. */
    static Prosody start(int hibernation) {
        boolean modules =
                Path.of("/usr/lib/prosody/modules/mod_auth_ccert").toFile().exists();
        Peers.need(
                "Prosody", installed("prosody") && modules && hasSqlite(), "prosody prosody-modules lua-dbi-sqlite3");
        Prosody server = new Prosody(hibernation);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Lua's driver, which is where the machine's kind of libraries are. */
    private static boolean hasSqlite() {
        File[] kinds = new File("/usr/lib").listFiles(kind -> new File(kind, "lua/5.4/dbd/sqlite3.so").exists());
        return kinds != null && kinds.length > 0;
    }

    private void awaitReady() {
        process.awaitReady(
                () -> ServerProcess.accepts(c2s) && ServerProcess.accepts(c2sTls) && ServerProcess.accepts(https),
                Duration.ofSeconds(30));
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
        return "Prosody";
    }

    @Override
    public Optional<String> modernDomain(String tlsProtocol) {
        return Optional.of(tlsProtocol.equals("TLSv1.3") ? "modern.chat.test" : "modern12.chat.test");
    }

    @Override
    public Optional<String> domainOfBoundSha1(String tlsProtocol) {
        return Optional.of(tlsProtocol.equals("TLSv1.3") ? "bound.chat.test" : "bound12.chat.test");
    }

    /** Prosody reads the account's file when it is asked for, so writing it is enough. */
    @Override
    public void createAccount(String local, String domain, String password) {
        Template.write(
                directory.resolve("data/" + domain.replace(".", "%2e") + "/accounts/" + local + ".dat"),
                "return { [\"password\"] = \"" + password + "\" };\n");
    }

    @Override
    public TestAuthority.Issued certificateOf(String address) {
        return authority.forAccount(address);
    }

    @Override
    public String log() {
        return ServerProcess.tail(directory.resolve("prosody.log")) + "\n" + process.output();
    }

    @Override
    public void close() {
        process.close();
        Template.delete(directory);
    }
}
