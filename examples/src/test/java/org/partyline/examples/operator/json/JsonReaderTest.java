package org.partyline.examples.operator.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final int MOST = 5_000;

    @Test
    void read_ofWhatWasWritten_isTheSame() throws JsonSyntaxException {
        String text = "{\"a\":[1,-2,true,false,null,\"\\\"\\\\\\n\\u0001 \u00e9\ud83d\ude42\"],\"b\":{},\"c\":[]}";

        assertEquals(text, JsonWriter.write(read(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":1}",
                "{} {}",
                "{}x",
                "{'a':1}",
                "{a:1}",
                "[01]",
                "[+1]",
                "[.5]",
                "[NaN]",
                "[1] // no",
                "\"\\ud800\"",
                "\"\t\"",
                "\ufeff{}",
                "[[[[[[[[[1]]]]]]]]]"
            })
    void read_ofWhatIsNoStrictJson_isRefused(String text) {
        assertThrows(JsonSyntaxException.class, () -> read(text));
    }

    @Test
    void read_beyondABound_isRefused() throws JsonSyntaxException {
        read("\"" + "a".repeat(4_000) + "\"");
        assertThrows(JsonSyntaxException.class, () -> read("\"" + "a".repeat(4_001) + "\""));
        assertThrows(JsonSyntaxException.class, () -> read("{\"" + "a".repeat(65) + "\":1}"));
        assertThrows(JsonSyntaxException.class, () -> read("[" + "1".repeat(41) + "]"));
        assertThrows(JsonSyntaxException.class, () -> read("[" + " ".repeat(MOST) + "]"));
    }

    @Test
    void read_ofBytesThatAreNoUtf8_isRefused() {
        assertThrows(JsonSyntaxException.class, () -> JsonReader.read(new byte[] {'"', (byte) 0xc3, '"'}, MOST));
        assertThrows(
                JsonSyntaxException.class,
                () -> JsonReader.read("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE), MOST));
    }

    @Test
    void failure_tellsLineAndColumn_andQuotesNothing() {
        String message = String.valueOf(assertThrows(JsonSyntaxException.class, () -> read("{\n  \"a\": secret}"))
                .getMessage());

        assertTrue(message.startsWith("line 2, column"), message);
    }

    @Test
    void write_ofANumberThatIsNotWhole_isRefused() throws JsonSyntaxException {
        Json half = read("[0.5]");

        assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(half));
    }

    private static Json read(String text) throws JsonSyntaxException {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), MOST);
    }
}
