package org.partyline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One measurement in a JVM of its own, which ends by itself. */
final class Fork {
    /** Without Partyline's parser on the class path, Smack would find the JDK's: give it that. */
    private static final String SMACK_PARSER =
            "-Djavax.xml.stream.XMLInputFactory=com.sun.xml.internal.stream.XMLInputFactoryImpl";

    private Fork() {}

    static Map<String, Double> run(String measure, String peer, int port, Path keyStore, Plan plan)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx2g",
                        SMACK_PARSER,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        measure,
                        peer,
                        Integer.toString(port),
                        keyStore.toString(),
                        plan.encode())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> figures = new LinkedHashMap<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int equals = line.lastIndexOf('=');
                figures.put(line.substring(0, equals), Double.parseDouble(line.substring(equals + 1)));
            }
        }
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(measure + " of " + peer + " failed");
        }
        return figures;
    }
}
