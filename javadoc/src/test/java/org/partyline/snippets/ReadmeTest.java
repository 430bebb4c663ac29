package org.partyline.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.partyline.documents.Documents;

/** Java in README.md and the other documents is a region of a compiled snippet, word for word. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)(<!-- snippet: (\\w+)#(\\w+) -->\\R)?```java\\R(.*?)```");

    @TestFactory
    List<DynamicTest> everyJavaBlock_isACompiledSnippet() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : Documents.all()) {
            for (MatchResult block :
                    BLOCK.matcher(Files.readString(document)).results().toList()) {
                tests.add(DynamicTest.dynamicTest(
                        document.getFileName() + " " + block.group(2) + "#" + block.group(3),
                        () -> assertEquals(region(block.group(2), block.group(3)), block.group(4))));
            }
        }

        assertFalse(tests.isEmpty(), "the documents have no Java");
        return tests;
    }

    private static String region(String snippet, String region) throws IOException {
        String source = Files.readString(Path.of("src/snippets/java/org/partyline/snippets", snippet + ".java"));
        Matcher matcher = Pattern.compile("(?s)// @start region=\"" + region + "\"\\R(.*?)\\R *// @end")
                .matcher(source);
        if (!matcher.find()) {
            throw new AssertionError(snippet + " has no region " + region);
        }
        return matcher.group(1).stripIndent() + "\n";
    }
}
