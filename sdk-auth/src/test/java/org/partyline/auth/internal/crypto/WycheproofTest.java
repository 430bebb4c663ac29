package org.partyline.auth.internal.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vectors of project Wycheproof (C2SP/wycheproof on GitHub, Apache-2.0), which are not a part of these sources. With a
 * checkout, {@code -Dpartyline.wycheproof=<its testvectors_v1>} runs them.
 */
class WycheproofTest {
    private static final String FOLDER = "partyline.wycheproof";

    @ParameterizedTest
    @DisplayName("C02 every vector of Wycheproof has the verdict that it states")
    @ValueSource(strings = {"ed25519_test.json", "ecdsa_secp256r1_sha256_p1363_test.json"})
    void vectors_haveTheirVerdict(String file) throws Exception {
        String folder = System.getProperty(FOLDER, "");
        assumeTrue(!folder.isEmpty(), "skipped: -D" + FOLDER + " does not tell where the vectors are");

        Map<String, Object> vectors = JsonUtil.parseJson(Files.readString(Path.of(folder, file)));
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Map<?, ?> group : maps(member(vectors, "testGroups"))) {
            VerifyKey key = key((Map<?, ?>) member(group, "publicKey"));
            for (Map<?, ?> test : maps(member(group, "tests"))) {
                boolean valid = key.verify(hex(member(test, "msg")), hex(member(test, "sig")));
                count++;
                if (valid != "valid".equals(test.get("result"))) {
                    wrong.add(test.get("tcId") + " " + test.get("comment"));
                }
            }
        }
        assertTrue(count > 100, "found " + count);
        assertEquals(List.of(), wrong);
    }

    private static VerifyKey key(Map<?, ?> key) throws Exception {
        if (key.containsKey("pk")) {
            return VerifyKey.ed25519(hex(member(key, "pk")));
        }
        byte[] point = hex(member(key, "uncompressed"));
        return VerifyKey.p256(Arrays.copyOfRange(point, 1, 33), Arrays.copyOfRange(point, 33, 65));
    }

    private static List<Map<?, ?>> maps(Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        ((List<?>) list).forEach(each -> maps.add((Map<?, ?>) each));
        return maps;
    }

    private static Object member(Map<?, ?> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private static byte[] hex(Object text) {
        return HexFormat.of().parseHex((String) text);
    }
}
