package org.partyline.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTest {

    @ParameterizedTest
    @CsvSource({
        "'hello there', '', 'hello there'",
        "'  hello  ', '', hello",
        "'', '', ''",
        "/quit, quit, ''",
        "'/MSG romeo good  even', msg, 'romeo good  even'",
        "'//etc/hosts', '', /etc/hosts",
        "'/me waves', '', '/me waves'",
        "'/', '', ''"
    })
    void line_isTakenApart(String line, String command, String rest) {
        assertEquals(new Typed(command, rest), Typed.parse(line));
    }

    @Test
    void rest_hasAFirstWordAndWhatFollows() {
        Typed typed = Typed.parse("/msg romeo  good even");

        assertEquals("romeo", typed.word());
        assertEquals("good even", typed.afterWord());
        assertEquals("", Typed.parse("/msg romeo").afterWord());
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, chat.example, 5222",
        "chat.example:443, chat.example, 443",
        "127.0.0.1:1, 127.0.0.1, 1",
        "[::1], ::1, 5222",
        "[::1]:99, ::1, 99"
    })
    void server_isHostAndPort(String text, String host, int port) {
        assertEquals(new HostAndPort(host, port), HostAndPort.parse(text, 5222));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":5222", "host:", "host:0", "host:65536", "a b", "::1", "[::1", "host:port"})
    void server_thatIsNone_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> HostAndPort.parse(text, 5222));
    }
}
