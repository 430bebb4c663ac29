package org.partyline.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/dependencies.md says what the build says. */
class DependenciesTest {
    private static final String DOCUMENT = "docs/dependencies.md";
    private static final Pattern ALLOWED = Pattern.compile("<include>([\\w.-]+:[\\w.-]+)</include>");
    private static final Pattern OPTIONAL = Pattern.compile(
            "<groupId>([\\w.-]+)</groupId>\\s*<artifactId>([\\w.-]+)</artifactId>\\s*<optional>true</optional>");
    private static final Pattern PROPERTY = Pattern.compile("<([\\w.]+)\\.version>([^<$]+)</\\1\\.version>");
    private static final Pattern VERSIONED =
            Pattern.compile("<artifactId>([\\w.-]+)</artifactId>\\s*<version>([^<]+)</version>");

    @Test
    @DisplayName(
            "T-DEP-1 no codec of HTTP, SMTP or compression, and nothing that would bring one, is on the class path")
    void classPath_holdsNoOtherCodec() throws IOException {
        Set<String> netty = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.startsWith("netty-"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = runtime().stream()
                .filter(row -> row.get(0).contains("io.netty:"))
                .map(row -> row.get(0).replaceAll(".*:|`", "") + "-" + row.get(1) + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(told, netty);
        for (String name : netty) {
            assertTrue(!name.matches("netty-(codec-(http|smtp|compression|socks)|handler-proxy).*"), name);
        }
    }

    @Test
    @DisplayName("T-DEP-1 the table, the allow-list that the build enforces, and the class path are one list")
    void runtimeTable_isTheAllowListOfCore() throws IOException {
        Set<String> allowed = ALLOWED.matcher(Files.readString(Documents.ROOT.resolve("sdk-core/pom.xml")))
                .results()
                .map(each -> each.group(1))
                .filter(name -> !name.startsWith("org.partyline:"))
                .collect(Collectors.toCollection(TreeSet::new));

        // What is optional to auth does not even come to core, so that core's list keeps it out.
        OPTIONAL.matcher(Files.readString(Documents.ROOT.resolve("sdk-auth/pom.xml")))
                .results()
                .map(each -> each.group(1) + ":" + each.group(2))
                .forEach(allowed::add);

        Set<String> told = Stream.concat(runtime().stream(), optional().stream())
                .map(row -> row.get(0).replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(allowed, told);
    }

    @Test
    void runtimeTable_tellsVersionAndSizeOfWhatIsOnTheClassPath() throws IOException {
        long total = 0;
        for (List<String> row : runtime()) {
            total += sizeAsTold(row);
        }
        for (List<String> row : optional()) {
            sizeAsTold(row);
        }
        String sum = String.format(Locale.ROOT, "%,d bytes", total);
        assertTrue(Files.readString(Documents.ROOT.resolve(DOCUMENT)).contains(sum), "the sum is " + sum);
    }

    private static long sizeAsTold(List<String> row) throws IOException {
        String name = row.get(0).replace("`", "");
        long size = Files.size(jar(name.substring(name.indexOf(':') + 1) + "-" + row.get(1) + ".jar"));
        assertEquals(String.format(Locale.ROOT, "%,d", size), row.get(2), name);
        return size;
    }

    @Test
    void everyPinnedVersion_isTold() throws IOException {
        String pom = Files.readString(Documents.ROOT.resolve("pom.xml"));
        Map<String, String> properties = new TreeMap<>();
        PROPERTY.matcher(pom)
                .results()
                .forEach(each -> properties.put("${" + each.group(1) + ".version}", each.group(2)));
        List<String> document = Files.readAllLines(Documents.ROOT.resolve(DOCUMENT));
        Set<String> missing = new TreeSet<>();

        Matcher pinned = VERSIONED.matcher(pom);
        int count = 0;
        while (pinned.find()) {
            String artifact = pinned.group(1);
            String version = properties.getOrDefault(pinned.group(2), pinned.group(2));
            if (artifact.startsWith("partyline-")) {
                continue;
            }
            count++;
            if (document.stream()
                    .noneMatch(line -> line.startsWith("| `")
                            && line.matches(".*[`:]" + Pattern.quote(artifact) + "`.*")
                            && line.contains("| " + version + " |"))) {
                missing.add(artifact + " " + version);
            }
        }

        assertTrue(count > 30, "found " + count + " pinned versions");
        assertEquals(Set.of(), missing);
    }

    private static List<List<String>> runtime() throws IOException {
        return Documents.rows(DOCUMENT, "What an application gets");
    }

    private static List<List<String>> optional() throws IOException {
        return Documents.rows(DOCUMENT, "What an application can add");
    }

    private static Path jar(String file) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.endsWith(file))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " is not on the class path"));
    }
}
