package org.partyline.auth.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token that a server gave for quick sign-in (XEP-0484), and what it takes to use it. Never shows it in {@code toString}.
 */
public final class FastToken {
    private static final String HEAD = "partyline-fast-1";
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_SECRET = 4096;
    private static final int LINES = 6;

    private final String mechanism;
    private final UUID clientId;
    private final Instant expiry;
    private final List<String> inline;
    private final byte[] secret;

    private FastToken(String mechanism, UUID clientId, Instant expiry, List<String> inline, byte[] secret) {
        this.mechanism = mechanism;
        this.clientId = clientId;
        this.expiry = expiry;
        this.inline = inline;
        this.secret = secret;
    }

    /**
     * {@return a token, or null if it cannot be used: empty, over 4,096 bytes, or of a mechanism that this side lacks}
     *
     * @param mechanism the mechanism it was asked for
     * @param clientId this installation's id, which the token is good for alone
     * @param expiry when it ends
     * @param inline names of what the server lets sign-in carry; without spaces and line ends
     * @param secret the token; taken over, not copied
     */
    public static @Nullable FastToken of(
            String mechanism, UUID clientId, Instant expiry, List<String> inline, byte[] secret) {
        boolean usable = HtMechanism.named(mechanism) != null
                && secret.length > 0
                && secret.length <= MAX_SECRET
                && inline.stream()
                        .noneMatch(name -> name.isEmpty() || name.indexOf(' ') >= 0 || name.indexOf('\n') >= 0);
        return usable ? new FastToken(mechanism, clientId, expiry, List.copyOf(inline), secret) : null;
    }

    String mechanism() {
        return mechanism;
    }

    UUID clientId() {
        return clientId;
    }

    Instant expiry() {
        return expiry;
    }

    List<String> inline() {
        return inline;
    }

    byte[] secret() {
        return secret.clone();
    }

    void wipe() {
        Wipe.wipe(secret);
    }

    /** {@return the form for a {@link org.partyline.auth.credentials.SecretStore}, for the caller to wipe} */
    byte[] encode() {
        byte[] head = String.join(
                        "\n",
                        HEAD,
                        mechanism,
                        clientId.toString(),
                        Long.toString(expiry.getEpochSecond()),
                        String.join(" ", inline),
                        "")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + secret.length);
        System.arraycopy(secret, 0, all, head.length, secret.length);
        return all;
    }

    /** {@return the token of a store's bytes, or null if they are none} */
    static @Nullable FastToken decode(byte[] stored) {
        int[] ends = new int[LINES - 1];
        int found = 0;
        for (int i = 0; i < stored.length && found < ends.length; i++) {
            if (stored[i] == '\n') {
                ends[found++] = i;
            }
        }
        if (stored.length > MAX_BYTES || found < ends.length) {
            return null;
        }
        byte[] secret = Arrays.copyOfRange(stored, ends[LINES - 2] + 1, stored.length);
        FastToken token = null;
        try {
            String head = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(stored, 0, ends[LINES - 2]))
                    .toString();
            String[] lines = head.split("\n", -1);
            List<String> inline = lines[4].isEmpty() ? List.of() : List.of(lines[4].split(" ", -1));
            token = lines[0].equals(HEAD)
                    ? of(
                            lines[1],
                            UUID.fromString(lines[2]),
                            Instant.ofEpochSecond(Long.parseLong(lines[3])),
                            inline,
                            secret)
                    : null;
            return token;
        } catch (CharacterCodingException | RuntimeException e) {
            // Whatever wrote this, it is no token of ours.
            return null;
        } finally {
            if (token == null) {
                Wipe.wipe(secret);
            }
        }
    }

    @Override
    public String toString() {
        return "FastToken[" + mechanism + ", ***, expiry=" + expiry + "]";
    }
}
