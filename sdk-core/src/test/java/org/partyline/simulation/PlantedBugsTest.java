package org.partyline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulator is worth trusting if it finds what is wrong. Each of these faults is one that somebody could make: it is put into the
 * source of one class, which is compiled and takes the place of the right one in a library of its own.
 */
class PlantedBugsTest {
    private static final int SEEDS = 5;
    private static final int MESSAGES = 400;
    private static final int FAULTS = 120;

    /** What is put in the place of what, in one source. */
    private record Edit(String source, String right, String wrong) {}

    /** A fault. */
    private record Bug(String name, List<Edit> edits) {
        Bug(String name, Edit... edits) {
            this(name, List.of(edits));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bug> bugs() {
        return List.of(
                new Bug(
                        "acknowledged before it is handled",
                        new Edit(
                                "xmpp/internal/session/HandledCount",
                                "DrainMark.behind(core.callbacks(), buffered, () -> later(() -> passed(count, changes)));",
                                "later(() -> passed(count, changes));")),
                new Bug(
                        "new id when sent again",
                        new Edit(
                                "internal/engine/Outbox",
                                "to.write(item.encoded());",
                                "to.write(item.wasWritten() ? new String(item.encoded(), java.nio.charset.StandardCharsets.UTF_8)"
                                        + ".replaceAll(\" id='[^']*'\", \" id='\" + new Ids().next() + \"'\")"
                                        + ".getBytes(java.nio.charset.StandardCharsets.UTF_8) : item.encoded());")),
                new Bug(
                        "archive not read",
                        new Edit(
                                "xmpp/internal/mam/CatchUpFeature",
                                "if (failure == null && has) {",
                                "if (failure == null && !has) {")),
                new Bug(
                        "position moved before the gap is closed",
                        new Edit("xmpp/internal/mam/CatchUpFeature", "if (!gap) {", "if (!archiveId.isEmpty()) {"),
                        new Edit(
                                "xmpp/internal/message/IncomingMessages",
                                "waiting.add(arrived);",
                                "waiting.add(arrived); told(arrived.message().archiveId(session.account()));")),
                new Bug(
                        "resumed counted",
                        new Edit(
                                "xmpp/internal/session/XmppLink",
                                "core.resumed(negotiated.features());",
                                "session.countReceived(org.partyline.transport.xml.XmlElement.of(\"urn:xmpp:sm:3\", \"resumed\"));"
                                        + " core.resumed(negotiated.features());")),
                new Bug(
                        "sent again after new ones",
                        new Edit(
                                "internal/engine/Outbox",
                                "waiting.addFirst(inFlight.takeAll());",
                                "inFlight.takeAll().forEach(waiting::add);")),
                new Bug(
                        "known by id without the sender",
                        new Edit(
                                "internal/delivery/SeenMessages",
                                "return content == 0 ? \"s\" + sender",
                                "return content == 0 ? \"s\"")),
                new Bug(
                        "accepted before it is on the disk",
                        new Edit(
                                "internal/store/CommitQueue",
                                "waiting.add(write);",
                                "waiting.add(write); write.done().complete(null);")));
    }

    @TempDir
    private Path compiled;

    @Test
    void withoutAFault_noneIsFound() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertEquals(List.of(), SimulatedSeeds.violations(seed, MESSAGES, FAULTS));
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    @DisplayName("Each of eight faults is found within five seeds")
    void fault_isFound(Bug bug) throws Exception {
        for (Edit edit : bug.edits()) {
            plant(edit);
        }
        try (URLClassLoader library = new OwnLibrary(compiled)) {
            Class<?> simulations = library.loadClass(SimulatedSeeds.class.getName());
            for (long seed = 1; seed <= SEEDS; seed++) {
                Object violations = simulations
                        .getMethod("violations", long.class, int.class, int.class)
                        .invoke(null, seed, MESSAGES, FAULTS);
                if (!((List<?>) violations).isEmpty()) {
                    System.out.println(bug + ": seed " + seed + ": " + ((List<?>) violations).get(0));
                    return;
                }
            }
        }
        throw new AssertionError(bug + " was not found with seeds 1 to " + SEEDS);
    }

    private void plant(Edit edit) throws IOException {
        Path source = Path.of("src/main/java/org/partyline", edit.source + ".java");
        String text = Files.readString(source);
        assertTrue(
                text.contains(edit.right), () -> source + " is not what it was; plant the fault anew: " + edit.right);
        Path changed = compiled.resolve(source.getFileName());
        Files.writeString(changed, text.replace(edit.right, edit.wrong));
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-nowarn",
                        "-proc:none",
                        "-implicit:none",
                        "-cp",
                        compiled + File.pathSeparator + System.getProperty("java.class.path"),
                        "-d",
                        compiled.toString(),
                        changed.toString());
        assertEquals(0, result, "the fault does not compile");
    }

    /** Has classes of its own of all of the project, and shares the rest. */
    private static final class OwnLibrary extends URLClassLoader {
        OwnLibrary(Path first) throws MalformedURLException {
            super(urls(first), PlantedBugsTest.class.getClassLoader());
        }

        private static URL[] urls(Path first) throws MalformedURLException {
            List<URL> urls = new ArrayList<>();
            urls.add(first.toUri().toURL());
            StringTokenizer entries = new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
            while (entries.hasMoreTokens()) {
                urls.add(Path.of(entries.nextToken()).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.partyline.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
