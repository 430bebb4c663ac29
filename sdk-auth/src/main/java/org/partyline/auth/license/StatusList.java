package org.partyline.auth.license;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.partyline.auth.internal.jose.Base64Url;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.TokenType;

/** Which licenses are suspended or revoked (Token Status List, an IETF draft, sections 4 and 5): two bits each. Immutable. */
public final class StatusList {
    /** What a list may grow to when it is inflated; some four million licenses. */
    private static final int MAX_INFLATED = 1 << 20;

    private static final long MOST_SECONDS = 366L * 24 * 3600;
    private static final int BITS = 2;
    private static final int PER_BYTE = 4;

    /** How one license stands. */
    public enum Entry {
        /** It is in force. */
        VALID(0),
        /** It was revoked, or ended. */
        REVOKED(1),
        /** It is suspended. */
        SUSPENDED(2);

        private final int bits;

        Entry(int bits) {
            this.bits = bits;
        }

        private static Entry of(int bits) {
            return switch (bits) {
                case 0 -> VALID;
                case 2 -> SUSPENDED;
                default -> REVOKED;
            };
        }
    }

    private final URI uri;
    private final Instant issuedAt;
    private final Instant expiresAt;
    private final Duration ttl;
    private final byte[] packed;

    private StatusList(URI uri, Instant issuedAt, Instant expiresAt, Duration ttl, byte[] packed) {
        if (ttl.isNegative() || !issuedAt.isBefore(expiresAt) || packed.length == 0) {
            throw new IllegalArgumentException("a list has entries, and ends after it is issued");
        }
        this.uri = uri;
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
        this.ttl = ttl;
        this.packed = packed;
    }

    /**
     * {@return a list}
     *
     * @param uri where it is found, by https
     * @param issuedAt when it was made, to the second
     * @param expiresAt when there has to be a newer one
     * @param ttl after how long to look for a newer one
     * @param entries how licenses stand, each at its place; up to three more may follow, which are valid
     * @throws IllegalArgumentException if there are none or over 4,194,304, or it ends before it is issued
     */
    public static StatusList of(URI uri, Instant issuedAt, Instant expiresAt, Duration ttl, List<Entry> entries) {
        if (entries.size() > MAX_INFLATED * PER_BYTE) {
            throw new IllegalArgumentException("too many entries");
        }
        byte[] packed = new byte[(entries.size() + PER_BYTE - 1) / PER_BYTE];
        for (int i = 0; i < entries.size(); i++) {
            packed[i / PER_BYTE] |= (byte) (entries.get(i).bits << (i % PER_BYTE * BITS));
        }
        return new StatusList(uri, issuedAt, expiresAt, ttl, packed);
    }

    /**
     * {@return the list of a token}
     *
     * @param token the token, type {@code statuslist+jwt}
     * @param keys who may sign it
     * @throws LicenseException if it cannot be read ({@link LicenseCode#LICENSE_MALFORMED}), or none of the keys for lists has
     *     signed it ({@link LicenseCode#LICENSE_SIGNATURE}). When it ends is not asked
     */
    public static StatusList parse(String token, KeysDocument keys) throws LicenseException {
        return Documents.read("status", () -> {
            JsonObject claims = Jws.verify(token, TokenType.STATUS, keys.trusted());
            JsonObject list = claims.object("status_list");
            if (list.integer("bits") != BITS) {
                throw JoseException.claim("bits");
            }
            return new StatusList(
                    claims.web("sub"),
                    claims.date("iat"),
                    claims.date("exp"),
                    Duration.ofSeconds(claims.count("ttl", MOST_SECONDS)),
                    inflate(Base64Url.decode(list.token("lst"))));
        });
    }

    /** A few bytes can inflate to a thousand times as many, so the room for them is bounded beforehand. */
    private static byte[] inflate(byte[] deflated) throws JoseException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            byte[] packed = new byte[4096];
            int length = 0;
            while (!inflater.finished()) {
                if (length == packed.length) {
                    packed = Arrays.copyOf(packed, packed.length * 2);
                }
                int more = inflater.inflate(packed, length, packed.length - length);
                length += more;
                if (length > MAX_INFLATED || (more == 0 && !inflater.finished())) {
                    throw JoseException.claim("lst");
                }
            }
            if (inflater.getRemaining() > 0) {
                throw JoseException.claim("lst");
            }
            return Arrays.copyOf(packed, length);
        } catch (DataFormatException e) {
            throw JoseException.claim("lst");
        } finally {
            inflater.end();
        }
    }

    /** {@return where it is found} */
    public URI uri() {
        return uri;
    }

    /** {@return when it was made} */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** {@return when there has to be a newer one} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@return after how long to look for a newer one} */
    public Duration ttl() {
        return ttl;
    }

    /** {@return how many places there are} */
    public int size() {
        return packed.length * PER_BYTE;
    }

    /**
     * {@return how the license at a place stands. The value that is not assigned counts as revoked}
     *
     * @param index the place
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public Entry entry(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        return Entry.of((packed[index / PER_BYTE] >> (index % PER_BYTE * BITS)) & 3);
    }

    /** {@return a copy of the entries as they are compressed: four to a byte, from the lowest bits on} */
    public byte[] packed() {
        return packed.clone();
    }
}
