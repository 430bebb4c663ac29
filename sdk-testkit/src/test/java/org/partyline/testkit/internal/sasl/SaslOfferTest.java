package org.partyline.testkit.internal.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hash of an offer, against the example of XEP-0474 section 5.3. */
class SaslOfferTest {
    private static final List<String> MECHANISMS = List.of("SCRAM-SHA-1-PLUS", "SCRAM-SHA-1");

    @Test
    void hash_isThatOfTheExample_inWhateverOrderThingsAreListed() {
        Map<String, byte[]> bindings = new LinkedHashMap<>();
        bindings.put("tls-server-end-point", new byte[32]);
        bindings.put("tls-exporter", new byte[32]);

        assertEquals(
                "G6k/rBLDqgOhRRaCuuatSDFkJ08=", new SaslOffer(MECHANISMS, bindings, true, true).hash(ScramHash.SHA_1));
    }

    @Test
    void hash_withoutTheList_hasNoPartForIt() {
        Map<String, byte[]> bindings = Map.of("tls-exporter", new byte[32]);

        assertNotEquals(
                new SaslOffer(MECHANISMS, bindings, true, true).hash(ScramHash.SHA_1),
                new SaslOffer(MECHANISMS, bindings, false, true).hash(ScramHash.SHA_1));
        // printf 'SCRAM-SHA-1\036SCRAM-SHA-1-PLUS' | openssl sha1 -binary | base64
        assertEquals(
                "g00gt4Qd0gJ3EvnclTnY0KEYfRg=", new SaslOffer(MECHANISMS, bindings, false, true).hash(ScramHash.SHA_1));
    }
}
