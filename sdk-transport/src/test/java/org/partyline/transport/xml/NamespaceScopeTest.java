package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NamespaceScopeTest {

    @Test
    @DisplayName("names that collide in every polynomial modulo 2^32 do not collide here, whatever the multiplier")
    void namesOfThueAndMorse_haveHashesOfTheirOwn() {
        StringBuilder name = new StringBuilder();
        StringBuilder other = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            boolean odd = Integer.bitCount(i) % 2 == 1;
            name.append(odd ? 'a' : 'b');
            other.append(odd ? 'b' : 'a');
        }
        assertNotEquals(hash(name), hash(other));
    }

    private static int hash(CharSequence name) {
        byte[] bytes = name.toString().getBytes(StandardCharsets.US_ASCII);
        return NamespaceScope.hash(bytes, 0, bytes.length);
    }
}
