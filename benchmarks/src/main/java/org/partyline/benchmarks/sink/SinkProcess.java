package org.partyline.benchmarks.sink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sink, in a process of its own, with a throw-away certificate. Closing it ends the process. */
public final class SinkProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Path directory;
    private final Path keyStore;

    private SinkProcess(Process process, int port, Path directory, Path keyStore) {
        this.process = process;
        this.port = port;
        this.directory = directory;
        this.keyStore = keyStore;
    }

    /**
     * {@return a running sink}
     *
     * @throws IOException if it cannot start
     * @throws InterruptedException if interrupted while it starts
     */
    public static SinkProcess start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("partyline-bench");
        Path keyStore = directory.resolve("sink.p12");
        String home = System.getProperty("java.home");
        Process keytool = new ProcessBuilder(List.of(
                        home + "/bin/keytool",
                        "-genkeypair",
                        "-alias",
                        SinkServer.ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=bench.test",
                        "-ext",
                        "san=dns:bench.test",
                        "-ext",
                        "bc:c=ca:true",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        new String(SinkServer.STORE_PASSWORD)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
        Process process = new ProcessBuilder(
                        home + "/bin/java",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SinkServer.class.getName(),
                        keyStore.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the sink did not start");
        }
        return new SinkProcess(process, Integer.parseInt(line.trim()), directory, keyStore);
    }

    /** {@return the port on loopback} */
    public int port() {
        return port;
    }

    /** {@return the path of the key store whose certificate the sink shows} */
    public Path keyStore() {
        return keyStore;
    }

    /** {@return the CPU time that the sink has used, in seconds} */
    public double cpuSeconds() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .map(d -> d.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    /**
     * {@return the certificate in a key store}
     *
     * @param keyStore the store's path
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if it cannot be used
     */
    public static X509Certificate certificate(Path keyStore) throws IOException, GeneralSecurityException {
        return (X509Certificate) SinkServer.load(keyStore).getCertificate(SinkServer.ALIAS);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(keyStore);
        Files.deleteIfExists(directory);
    }
}
