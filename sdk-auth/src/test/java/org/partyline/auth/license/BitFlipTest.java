package org.partyline.auth.license;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bits that turn over on the way. */
class BitFlipTest {
    private static final int FLIPS = 10_000;
    private final Authority authority = new Authority();

    @Test
    @DisplayName("C07 none of 10,000 licenses with one bit turned over is accepted")
    void flippedBit_isNeverAccepted() throws Exception {
        String token = authority.licenseToken();
        KeysDocument keys = authority.keys(1);
        assertEquals(authority.terms(), read(token, keys), "the license itself is accepted");

        List<Integer> accepted = IntStream.range(0, FLIPS)
                .parallel()
                .filter(i -> {
                    Random random = new Random(i);
                    char[] flipped = token.toCharArray();
                    flipped[random.nextInt(flipped.length)] ^= (char) (1 << random.nextInt(8));
                    try {
                        read(new String(flipped), keys);
                        return true;
                    } catch (LicenseException e) {
                        return false;
                    }
                })
                .boxed()
                .toList();

        assertEquals(List.of(), accepted);
    }

    private static LicenseTerms read(String token, KeysDocument keys) throws LicenseException {
        return Documents.read("license", () -> LicenseReader.read(token, keys.trusted()));
    }
}
