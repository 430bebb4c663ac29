package org.partyline.xmpp.internal.stanza;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.transport.xml.XmlElement;

class DelayTest {
    private static XmlElement delay(String stamp) {
        return XmlElement.builder(Delay.NAMESPACE, "delay")
                .attribute("stamp", stamp)
                .build();
    }

    @ParameterizedTest
    @DisplayName("T-TIME-1 what is no time from 1970 to 9999 is none")
    @ValueSource(
            strings = {
                "",
                "-1",
                "0",
                "now",
                "292277026596-12-04T15:30:08Z",
                "+292277026596-12-04T15:30:08Z",
                "-0001-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-18:00",
                "2026-11-26T24:00:01Z",
                "2026-11-26T24:00:00Z",
                "2026-11-26T23:59:60Z",
                "2026-11-26T23:59:61Z",
                "2026-11-26T10:00:00",
                "2026-11-26T10:00:00+99:00",
                "2026-11-26T10:00:00 Z",
                "2026-11-26",
                "20261126T10:00:00",
                "2026-02-30T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-11-26T10:00:00.1234567890Z",
                "\u0662\u0660\u0662\u0666-11-26T10:00:00Z"
            })
    void noTime(String stamp) {
        assertNull(Delay.read(delay(stamp)));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
        "2026-11-26T10:00:00.123456789Z, 2026-11-26T10:00:00.123456789Z",
        "2026-11-26T10:00:00+02:00, 2026-11-26T08:00:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void time(String stamp, Instant expected) {
        assertEquals(expected, Delay.read(delay(stamp)));
    }

    @Test
    @DisplayName("T-TIME-1 a time of far too many digits is not even looked at")
    void longText_isNoTime() {
        assertNull(Delay.read(delay("2026-11-26T10:00:00." + "0".repeat(100_000) + "Z")));
        assertNull(Delay.read(XmlElement.of(Delay.NAMESPACE, "delay")));
    }
}
