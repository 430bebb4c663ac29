package org.partyline.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    @DisplayName("T-RNG-1: a million ids without a repetition, over four threads")
    void idsDoNotRepeat() {
        Ids ids = new Ids();
        Set<String> seen = IntStream.range(0, 4)
                .parallel()
                .mapToObj(thread -> {
                    Set<String> own = new HashSet<>();
                    for (int i = 0; i < 250_000; i++) {
                        own.add(ids.next());
                    }
                    return own;
                })
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        assertEquals(1_000_000, seen.size());
    }

    @Test
    void anIdIsAWordOf128Bits() {
        String id = new Ids().next();
        assertTrue(id.matches("[A-Za-z0-9_-]{22}"), id);
    }
}
