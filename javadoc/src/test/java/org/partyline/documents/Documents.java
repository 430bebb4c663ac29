package org.partyline.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The documents of the project, for tests that hold them true. */
public final class Documents {
    /** The project's directory, seen from this module's. */
    public static final Path ROOT = Path.of("..");

    private Documents() {}

    /** {@return all of them: those in the project's directory, and those in docs/} */
    public static List<Path> all() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(found::add);
            }
        }
        return found;
    }

    /** {@return the rows of the tables in one document, cell by cell, those from a heading to the next alone} */
    static List<List<String>> rows(String document, String heading) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean within = false;
        for (String line : Files.readAllLines(ROOT.resolve(document))) {
            if (line.startsWith("#")) {
                within = line.replaceFirst("#+ ", "").equals(heading);
            } else if (within && line.startsWith("| ")) {
                rows.add(Stream.of(line.substring(2).split(" ?\\| ?"))
                        .map(String::strip)
                        .toList());
            }
        }
        // Two lines make the head of a table; the second holds dashes and does not begin with a space.
        if (rows.size() < 2) {
            throw new AssertionError(document + " has no table under " + heading);
        }
        return rows.subList(1, rows.size());
    }

    /** {@return every source file of the published modules} */
    static List<Path> sources(String kind) throws IOException {
        List<String> modules =
                new ArrayList<>(List.of("sdk-transport", "sdk-auth", "sdk-core", "sdk-testkit", "javadoc"));
        if (kind.equals("test")) {
            modules.add("benchmarks");
            modules.add("examples");
        }
        return sources(modules, kind);
    }

    /** {@return every source file of some modules} */
    static List<Path> sources(List<String> modules, String kind) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String module : modules) {
            Path directory = ROOT.resolve(module).resolve("src").resolve(kind).resolve("java");
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                }
            }
        }
        return found;
    }
}
