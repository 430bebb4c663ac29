package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.auth.sasl.SaslException.Reason;

/** How SCRAM is bound to the channel, by what the server offers, what this side has, and what is pinned. */
class BindingChoiceTest {
    private static final byte[] EXPORTER = {1, 2, 3};
    private static final byte[] END_POINT = {4, 5};

    /**
     * Columns: whether -PLUS is offered; the announced types; this side's types; the pin; what comes of it. A
     * trailing {@code +h} says that the server must prove its lists.
     */
    @ParameterizedTest(name = "{index}: PLUS {0}, announced {1}, ours {2}, pin {3}: {4}")
    @DisplayName("T-SC-11 the truth table of channel binding")
    @CsvSource({
        // Nothing offered and nothing announced.
        "no, none,         x e, no,    y",
        "no, none,         -,   no,    n",
        // Mechanisms stripped, types left (XEP-0440 rule 5).
        "no, x e,          x e, no,    DOWNGRADE",
        "no, e,            -,   no,    DOWNGRADE",
        // A type in common: the strongest.
        "yes, x e,         x e, no,    p=x",
        "yes, e x,         x e, no,    p=x",
        "yes, e,           x e, no,    p=e",
        "yes, x e,         e,   no,    p=e",
        "yes, u e,         x e, no,    p=e",
        // No types: an old server, or types stripped (rule 4). Nothing is guessed; what served before is held to.
        "yes, none,        x e, no,    n",
        "yes, none,        x e, bound, p=x",
        "yes, none,        e,   bound, n+h",
        // No type in common (rule 6 as XEP-0474 changes it).
        "yes, u,           x e, no,    n+h",
        "yes, u e,         -,   no,    n",
        "yes, u,           -,   no,    n+h",
        // Weaker than before: only what the server proves.
        "no, none,         x e, bound, y+h",
        "no, none,         -,   bound, n+h",
        "yes, u e,         -,   bound, n+h",
        // A pin that is no stronger changes nothing.
        "no, none,         x e, proved, y",
        "yes, x e,         x e, proved, p=x",
    })
    void choice(String plus, String announced, String ours, String pin, String outcome) throws SaslException {
        SaslOffer offer = new SaslOffer(
                plus.equals("yes") ? List.of("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS") : List.of("SCRAM-SHA-1"),
                announced.equals("none") ? null : types(announced));
        Map<String, byte[]> bindings = new LinkedHashMap<>();
        for (String type : types(ours)) {
            bindings.put(type, type.equals("tls-exporter") ? EXPORTER : END_POINT);
        }
        if (outcome.equals("DOWNGRADE")) {
            SaslException refused = assertThrows(
                    SaslException.class, () -> BindingChoice.of(offer, Runs.channel(bindings), pin(pin), false));
            assertEquals(Reason.DOWNGRADE, refused.reason());
            return;
        }
        BindingChoice choice = BindingChoice.of(offer, Runs.channel(bindings), pin(pin), false);
        String flag =
                outcome.replace("+h", "").replace("p=x", "p=tls-exporter").replace("p=e", "p=tls-server-end-point");
        assertEquals(flag, choice.flag());
        assertEquals(outcome.endsWith("+h"), choice.hashRequired());
        assertEquals(flag.startsWith("p="), choice.isBound());
        if (choice.isBound()) {
            assertArrayEquals(flag.endsWith("exporter") ? EXPORTER : END_POINT, choice.data());
        }
    }

    private static List<String> types(String letters) {
        return letters.equals("-")
                ? List.of()
                : java.util.Arrays.stream(letters.split(" "))
                        .map(letter -> switch (letter) {
                            case "x" -> "tls-exporter";
                            case "e" -> "tls-server-end-point";
                            default -> "tls-unique";
                        })
                        .toList();
    }

    private static @Nullable SecurityPin pin(String name) {
        return switch (name) {
            case "no" -> null;
            case "proved" -> new SecurityPin(SecurityPin.Strength.PROVED, null, null);
            default -> new SecurityPin(SecurityPin.Strength.BOUND, "tls-exporter", null);
        };
    }

    @Test
    void required_andNotToBeHad_saysWhatEachSideHas() {
        SaslOffer offer = new SaslOffer(List.of("SCRAM-SHA-256"), null);
        SecureChannel channel = Runs.channel(Map.of("tls-exporter", EXPORTER));
        SaslException refused = assertThrows(SaslException.class, () -> BindingChoice.of(offer, channel, null, true));
        assertEquals(Reason.NO_MECHANISM, refused.reason());
        assertTrue(String.valueOf(refused.getMessage()).contains("tls-exporter"), refused::getMessage);
    }
}
