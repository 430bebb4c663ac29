package org.partyline.xmpp.internal.stanza;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OriginRuleTest {
    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final String HEADING = "| What | In | From | From others | Rule |";

    /** The table is written once, here it is compared: whichever document has it has each rule, in order, and no other. */
    @Test
    void documents_haveTheRulesAsTheyAre() throws IOException {
        List<String> written;
        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            written = files.filter(file -> file.toString().endsWith(".md"))
                    .flatMap(OriginRuleTest::table)
                    .toList();
        }
        assertEquals(
                String.join(
                        "\n",
                        Stream.of(OriginRule.values()).map(OriginRule::row).toList()),
                String.join("\n", written));
    }

    private static Stream<String> table(Path document) {
        try {
            return Files.readAllLines(document).stream()
                    .dropWhile(line -> !line.equals(HEADING))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"));
        } catch (IOException e) {
            throw new AssertionError(document.toString(), e);
        }
    }
}
