package org.partyline.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partyline.examples.operator.application.Samples;

/** Every command that docs/operators.md shows does what it says, in the order in which they stand there. */
class OperatorsDocumentTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String KEY = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";

    private final SetClock clock = SetClock.standard();

    @TempDir
    private Path directory;

    private Operator operator = new Operator(Path.of(""), clock);

    @BeforeEach
    void prepare() throws IOException {
        operator = new Operator(directory.resolve("operator"), clock);
        Files.write(directory.resolve("application.json"), Samples.text());
        Files.writeString(directory.resolve("report.json"), "{}");
    }

    @Test
    void everyCommand_inTheDocument_works() throws IOException {
        String first = "";
        String asked = "";
        String high = "";
        for (String command : commands()) {
            if (command.startsWith("ask") && asked.isEmpty()) {
                asked = inReview("second-desk");
                high = inReview("third-desk");
            }
            operator.ok(words(command.replace("lic_7Q2M4", first)
                    .replace("lic_8R3N5", asked)
                    .replace("lic_9T4P6", high)
                    .replaceAll("9:sha256:[0-9a-f]{64}", checkpoint(command))
                    .replaceAll("(\\w+[.]json)", Matcher.quoteReplacement(directory.toString()) + "/$1")));
            if (command.startsWith("apply")) {
                first = operator.json("list").at("/licenses/0/license").asText();
            }
        }

        assertEquals("granted", operator.json("show", high).get("state").asText());
    }

    @Test
    void errors_inTheDocument_areThoseThatAreTold() throws IOException {
        operator.ok("init", "--network", "net.example");
        Path form = directory.resolve("application.json");
        String text = new String(Samples.with("/products/0/versions", null), StandardCharsets.UTF_8);
        Files.writeString(form, text.replace("\"DE\"", "\"de\""));

        assertEquals(1, operator.run("apply", form.toString()));

        assertTrue(document().contains("```\n" + operator.err() + "```"), operator.err());
    }

    /** Hands in an application of its own, and begins to review it. */
    private String inReview(String product) throws IOException {
        String text = new String(Samples.text(), StandardCharsets.UTF_8)
                .replace("example-desk", product)
                .replace(KEY, KEY.substring(1) + product.charAt(0));
        Path form = Files.writeString(directory.resolve("application.json"), text);
        String id = operator.json("apply", form.toString())
                .at("/licenses/0/license")
                .asText();
        operator.ok(
                "review", id, "--self-check", directory.resolve("report.json").toString());
        if (product.startsWith("third")) {
            Files.writeString(form, text.replace(product, "second-desk"));
        }
        return id;
    }

    private String checkpoint(String command) throws IOException {
        return command.contains("--expect")
                ? operator.json("audit", "verify").get("checkpoint").asText()
                : "";
    }

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(document());
        while (blocks.find()) {
            blocks.group(1).lines().forEach(line -> {
                assertEquals("./partyline operator ", line.substring(0, 21));
                commands.add(line.substring(21));
            });
        }
        assertEquals(19, commands.size(), commands::toString);
        return commands;
    }

    private static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(each -> each.group(1) == null ? each.group(2) : each.group(1))
                .toArray(String[]::new);
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "operators.md"));
    }
}
