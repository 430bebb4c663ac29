package org.partyline.robustness;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Finds a secret in whatever dress: as it is, in base64 at each of its three offsets, in hexadecimal, or as a part of a URL. */
final class Dresses {
    private final List<String> anyCase = new ArrayList<>();
    private final List<String> exact = new ArrayList<>();

    private Dresses(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        anyCase.add(secret.toLowerCase(Locale.ROOT));
        anyCase.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
        anyCase.add(HexFormat.of().formatHex(bytes));
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[offset + bytes.length];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The characters at the ends depend on what stands beside the secret.
            exact.add(text.substring(offset == 0 ? 0 : offset + 1, text.length() - 2));
        }
    }

    /** {@return those texts that hold the secret} */
    static List<String> hits(List<String> texts, String secret) {
        Dresses dresses = new Dresses(secret);
        return texts.stream().filter(dresses::isIn).toList();
    }

    private boolean isIn(String text) {
        return anyCase.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains)
                || exact.stream().anyMatch(text::contains);
    }
}
