package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;

/** What is left of a password in the heap of a process that signed in and closed its client. The server is not in it. */
class HeapSecretsTest {
    private static final String PASSWORD = "canary-Wachtelei-4711-heap";
    private static final String CONTROL = "ABCDEFGHIJKLMNOP";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1"})
    @DisplayName("T-SEC-1: after SCRAM and close(), a heap dump holds the password in no dress")
    void heap_afterClose_holdsNoPassword(String mechanism) throws Exception {
        Path dump = folder.resolve("heap.hprof");
        try (TestNetwork network = TestNetwork.builder().mechanisms(mechanism).start()) {
            TestAccount juliet = network.account("juliet", PASSWORD);
            Path anchor = Files.write(
                    folder.resolve("anchor.der"), network.trustAnchor().getEncoded());
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HeapDumpClient.class.getName(),
                            juliet.jid(),
                            Integer.toString(network.startTlsEndpoint().port()),
                            anchor.toString(),
                            dump.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            try (OutputStream out = process.getOutputStream()) {
                out.write(PASSWORD.getBytes(StandardCharsets.UTF_8));
            }
            assertTrue(process.waitFor(180, TimeUnit.SECONDS), "the process hangs");
            assertEquals(0, process.exitValue(), Files.readString(folder.resolve("out")));
            assertEquals(1, network.statistics().signIns());
        }
        assertTrue(
                HeapDumpClient.contains(dump, CONTROL.getBytes(StandardCharsets.UTF_16BE)),
                "the search would find nothing at all");
        for (Map.Entry<String, byte[]> dress : dresses().entrySet()) {
            assertFalse(HeapDumpClient.contains(dump, dress.getValue()), dress.getKey());
        }
    }

    private static Map<String, byte[]> dresses() {
        Map<String, byte[]> dresses = new LinkedHashMap<>();
        dresses.put("UTF-8", PASSWORD.getBytes(StandardCharsets.UTF_8));
        dresses.put("UTF-16, big-endian", PASSWORD.getBytes(StandardCharsets.UTF_16BE));
        dresses.put("UTF-16, little-endian", PASSWORD.getBytes(StandardCharsets.UTF_16LE));
        String plain = Base64.getEncoder().encodeToString(("\0juliet\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        dresses.put("PLAIN in base64", plain.getBytes(StandardCharsets.US_ASCII));
        dresses.put("PLAIN in base64, as characters", plain.getBytes(StandardCharsets.UTF_16BE));
        return dresses;
    }

    @Test
    void search_findsWhatLiesAcrossABlock() throws Exception {
        byte[] needle = PASSWORD.getBytes(StandardCharsets.UTF_8);
        byte[] hay = new byte[(1 << 20) + needle.length];
        System.arraycopy(needle, 0, hay, (1 << 20) - 5, needle.length);
        Path file = Files.write(folder.resolve("hay"), hay);
        assertTrue(HeapDumpClient.contains(file, needle));
        needle[0] = 'C';
        assertFalse(HeapDumpClient.contains(file, needle));
    }
}
