package org.partyline.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point at is there. */
class ReferencesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Tests|IT))(?:#(\\w+))?`");
    private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| `(org\\.partyline[\\w.]*)` \\|");

    @Test
    void links_leadSomewhere() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path document : Documents.all()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    broken.add(document.getFileName() + ": " + link.group(1));
                }
            }
        }
        assertEquals(Set.of(), broken);
    }

    @Test
    void tests_thatAreNamed_exist() throws IOException {
        Map<String, String> sources = Stream.of("test", "snippets")
                .flatMap(kind -> {
                    try {
                        return Documents.sources(kind).stream();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        ReferencesTest::read,
                        (one, other) -> one + other));
        Set<String> missing = new TreeSet<>();
        for (Path document : Documents.all()) {
            for (MatchResult name :
                    TEST.matcher(Files.readString(document)).results().toList()) {
                String source = sources.get(name.group(1));
                if (source == null || (name.group(2) != null && !source.contains(name.group(2)))) {
                    missing.add(document.getFileName() + ": " + name.group());
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void packages_areAllListed() throws IOException {
        Set<String> packages = new TreeSet<>();
        List<Path> sources = new ArrayList<>(Documents.sources("main"));
        sources.addAll(Documents.sources(List.of("examples"), "main"));
        for (Path source : sources) {
            if (source.endsWith("package-info.java")) {
                String path = source.getParent().toString().replace('\\', '/');
                packages.add(path.substring(path.indexOf("/java/") + 6).replace('/', '.'));
            }
        }
        Set<String> listed = PACKAGE_ROW
                .matcher(Files.readString(Documents.ROOT.resolve("docs/architecture.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(packages, listed);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
