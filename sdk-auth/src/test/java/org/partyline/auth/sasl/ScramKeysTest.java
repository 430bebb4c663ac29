package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScramKeysTest {
    private static final SaslOptions CHEAP = SaslOptions.DEFAULT.withIterations(1, 1);

    private static ServerFirst challenge(int salt) throws SaslException {
        byte[] bytes = String.format("salt-%04d", salt).getBytes(StandardCharsets.US_ASCII);
        return ServerFirst.parse("r=ab,s=" + Base64.getEncoder().encodeToString(bytes) + ",i=1", "a", CHEAP);
    }

    @ParameterizedTest
    @CsvSource({"8, 0", "9, 1", "80, 72"})
    void cache_isBounded(int salts, int forgotten) throws Exception {
        ScramKeys.Cache cache = new ScramKeys.Cache();
        List<ServerFirst> challenges = new ArrayList<>();
        for (int i = 0; i < salts; i++) {
            ServerFirst challenge = challenge(i);
            challenges.add(challenge);
            cache.keep(
                    ScramHash.SHA_256,
                    challenge,
                    ScramKeys.derive(ScramHash.SHA_256, new byte[] {1}, challenge, () -> false));
        }
        assertEquals(
                8,
                challenges.stream()
                        .filter(each -> cache.find(ScramHash.SHA_256, each) != null)
                        .count());
        assertNotNull(cache.find(ScramHash.SHA_256, challenges.get(forgotten)));
    }
}
