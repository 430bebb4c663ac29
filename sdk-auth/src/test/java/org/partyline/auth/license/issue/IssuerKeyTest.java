package org.partyline.auth.license.issue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.license.Authority;

/** Keys of the operator and of partners. */
class IssuerKeyTest {

    @ParameterizedTest
    @EnumSource(KeyFamily.class)
    void key_isStored_wiped_andNotShown(KeyFamily family) {
        IssuerKey key = IssuerKey.generate(family, "a-name.2026");
        byte[] stored = key.encode();
        IssuerKey again = IssuerKey.decode(stored);
        assertEquals(family, again.family());
        assertEquals("a-name.2026", again.kid());
        assertEquals(key.publicKey(), again.publicKey());
        assertArrayEquals(stored, again.encode());
        assertFalse(key.toString().contains(HexFormat.of().formatHex(stored, stored.length - 32, stored.length)));
        key.wipe();
        assertThrows(IllegalStateException.class, key::encode);
    }

    @Test
    void storedKey_thatIsNone_isRefused() {
        byte[] stored = IssuerKey.generate(KeyFamily.ACCESS, "k").encode();
        for (int length = 0; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThrows(IllegalArgumentException.class, () -> IssuerKey.decode(cut));
        }
        for (int[] change : new int[][] {{0, 2}, {1, 0}, {1, 6}, {1, -1}, {2, 0}, {2, -1}, {2, 127}}) {
            byte[] changed = stored.clone();
            changed[change[0]] = (byte) change[1];
            assertThrows(IllegalArgumentException.class, () -> IssuerKey.decode(changed));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "é", "a\n"})
    void name_thatIsNone_isRefused(String kid) {
        assertThrows(IllegalArgumentException.class, () -> IssuerKey.generate(KeyFamily.ROOT, kid));
        assertEquals(
                64, IssuerKey.generate(KeyFamily.ROOT, "k".repeat(64)).kid().length());
        assertThrows(IllegalArgumentException.class, () -> IssuerKey.generate(KeyFamily.ROOT, "k".repeat(65)));
    }

    @Test
    void families_shareNoType() {
        Set<String> types = new HashSet<>();
        for (KeyFamily family : KeyFamily.values()) {
            for (String type : family.types()) {
                assertTrue(types.add(type), type);
            }
        }
        assertEquals(8, types.size());
    }

    @Test
    void keyOfAnotherFamily_signsNothing() {
        Authority authority = new Authority();
        assertThrows(IllegalArgumentException.class, () -> Issue.license(authority.terms(), authority.status));
        assertThrows(IllegalArgumentException.class, () -> Issue.keys(authority.keys(1), authority.license));
        assertThrows(IllegalArgumentException.class, () -> Issue.policy(authority.policy(1), authority.root1));
        assertThrows(IllegalArgumentException.class, () -> Issue.accessToken(authority.claims(), authority.partner));
        assertThrows(
                IllegalArgumentException.class, () -> Issue.attestation(authority.attestation(), authority.access));
    }
}
