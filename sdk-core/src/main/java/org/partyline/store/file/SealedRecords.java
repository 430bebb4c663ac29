package org.partyline.store.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.partyline.store.StoreRecord;

/**
 * Encrypted and authenticated, each record by itself: AES-256-GCM with a nonce drawn by lot, bound to the record's name and
 * this version. A record's name is an HMAC of table and key, which stand encrypted with the value. Both keys come from the
 * given one. Nonces of 96 bits drawn by lot are good for 2^32 records of one key (NIST SP 800-38D section 8.3).
 */
final class SealedRecords implements RecordFormat {
    private static final byte VERSION = 2;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = 1 + NONCE;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey names;
    private final SecretKey values;

    SealedRecords(byte[] key) {
        SecretKey root = new SecretKeySpec(key, "HmacSHA256");
        names = new SecretKeySpec(hmac(root, "names".getBytes(StandardCharsets.UTF_8)), "HmacSHA256");
        values = new SecretKeySpec(hmac(root, "values".getBytes(StandardCharsets.UTF_8)), "AES");
    }

    @Override
    public String name(String table, String key) {
        return HexFormat.of().formatHex(hmac(names, whole(table, key, new byte[0])));
    }

    @Override
    public byte[] write(String table, String key, byte[] value) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name(table, key)).doFinal(whole(table, key, value));
            return ByteBuffer.allocate(HEAD + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES-GCM", e);
        }
    }

    @Override
    public @Nullable StoreRecord read(String name, byte[] stored) {
        if (stored.length < HEAD + TAG_BITS / 8 || stored[0] != VERSION) {
            return null;
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(stored, 1, nonce, 0, NONCE);
        try {
            byte[] opened = cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(stored, HEAD, stored.length - HEAD);
            ByteBuffer from = ByteBuffer.wrap(opened);
            String table = text(from);
            String key = text(from);
            byte[] value = new byte[from.remaining()];
            from.get(value);
            return new StoreRecord(table, key, value);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, values, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(new byte[] {VERSION});
        cipher.updateAAD(name.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static byte[] whole(String table, String key, byte[] value) {
        byte[] first = table.getBytes(StandardCharsets.UTF_8);
        byte[] second = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + first.length + 4 + second.length + value.length)
                .putInt(first.length)
                .put(first)
                .putInt(second.length)
                .put(second)
                .put(value)
                .array();
    }

    /** What has passed the tag was written by this class. */
    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] hmac(SecretKey key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }
}
