package org.partyline.transport.internal.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
    private static final String LABEL_63 = "a".repeat(63);

    @ParameterizedTest
    @CsvSource({
        "Example.ORG, example.org",
        "example.org., example.org",
        "b\u00fccher.example, xn--bcher-kva.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "my_host, my_host",
        "localhost, localhost"
    })
    void of_name_isLowerCaseAscii(String given, String expected) {
        DomainName name = DomainName.of(given);
        assertEquals(expected, name.ascii());
        assertNull(name.literal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "[2001:db8::1]", "::ffff:10.0.0.1"})
    void of_literal_isAnAddress(String given) {
        assertNotNull(DomainName.of(given).literal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                ".a",
                "evil\0.example.org",
                "a b.example",
                "-a.example",
                "a-.example",
                "a/b",
                "a@b",
                "300.1.1.1",
                "fe80::1%eth0",
                "1:2",
                "a\r\nb",
                "*.example.org",
                "_xmpp\u0000"
            })
    @DisplayName("T-DNS-5 what can be no domain is refused before any query")
    void of_neither_isRefused(String given) {
        assertThrows(IllegalArgumentException.class, () -> DomainName.of(given));
    }

    @Test
    @DisplayName("T-DNS-5 a label has 63 characters and a name 253, and not one more")
    void of_lengths_areBounded() {
        String name253 = String.join(".", LABEL_63, LABEL_63, LABEL_63, "a".repeat(61));
        assertEquals(253, DomainName.of(name253).ascii().length());
        assertThrows(IllegalArgumentException.class, () -> DomainName.of(name253 + "a"));
        assertThrows(IllegalArgumentException.class, () -> DomainName.of("a" + LABEL_63 + ".example"));
        assertThrows(IllegalArgumentException.class, () -> DomainName.of("a.".repeat(150)));
    }

    @Test
    void isLocalhost_subdomains_too() {
        assertTrue(DomainName.of("chat.localhost").isLocalhost());
    }
}
