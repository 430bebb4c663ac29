package org.partyline.auth.sasl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Secrets as bytes, and their end. */
final class Wipe {
    private Wipe() {}

    /** {@return the characters as UTF-8, with no copy left behind} */
    static byte[] utf8(char[] characters) {
        byte[] scratch = new byte[characters.length * 3];
        ByteBuffer buffer = ByteBuffer.wrap(scratch);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), buffer, true);
        byte[] bytes = Arrays.copyOf(scratch, buffer.position());
        Arrays.fill(scratch, (byte) 0);
        return bytes;
    }

    static void wipe(byte @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
        }
    }

    static void wipe(char @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }
}
