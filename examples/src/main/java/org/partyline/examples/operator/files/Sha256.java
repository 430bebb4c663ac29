package org.partyline.examples.operator.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests, as they are written in logs: {@code sha256:} and 64 hexadecimal digits in lower case. */
public final class Sha256 {
    private static final String PREFIX = "sha256:";

    /** The digest of nothing that is: what the first line of a log names as the one before. */
    public static final String NONE = PREFIX + "0".repeat(64);

    private Sha256() {}

    /** {@return the digest of some bytes} */
    public static String of(byte[] bytes) {
        return PREFIX + HexFormat.of().formatHex(raw(bytes));
    }

    /** {@return the digest itself, 32 bytes} */
    public static byte[] raw(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** {@return whether a text is a digest as written here} */
    public static boolean isDigest(String text) {
        return text.matches("sha256:[0-9a-f]{64}");
    }
}
