package org.partyline.examples.operator.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void parse_ofWhatIsPrinted_isTheSame() {
        Checkpoint checkpoint = new Checkpoint(118, "sha256:" + HASH);

        assertEquals(checkpoint, Checkpoint.parse(checkpoint.toString()));
        assertEquals(checkpoint, Checkpoint.parse("118:" + HASH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "118", "118:", "0:" + "a", "-1:x", "118:sha256:ABC", "x:sha256:00"})
    void parse_ofAnythingElse_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(text));
    }
}
