package org.partyline.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentTest {
    @ParameterizedTest
    @ValueSource(ints = {256, 2_550})
    void longTexts_areRefusedByName(int length) {
        String text = "x".repeat(length);
        assertEquals(
                255,
                String.valueOf(new UserAgent(null, "x".repeat(255), null).software())
                        .length());
        assertEquals(
                255,
                String.valueOf(new UserAgent(null, null, "x".repeat(255)).device())
                        .length());
        IllegalArgumentException software =
                assertThrows(IllegalArgumentException.class, () -> new UserAgent(null, text, null));
        assertTrue(String.valueOf(software.getMessage()).startsWith("the software is over 255 characters"));
        IllegalArgumentException device =
                assertThrows(IllegalArgumentException.class, () -> new UserAgent(null, null, text));
        assertTrue(String.valueOf(device.getMessage()).startsWith("the device is over 255 characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\nb", "\ud800", "\uffff"})
    void textsThatXmlDoesNotCarry_areRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new UserAgent(null, text, null));
    }

    @Test
    void idThatIsNotRandom_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new UserAgent(new UUID(0x1000, 0), null, null));
    }
}
