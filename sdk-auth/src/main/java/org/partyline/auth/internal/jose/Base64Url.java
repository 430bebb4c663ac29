package org.partyline.auth.internal.jose;

import java.util.Base64;
import org.partyline.auth.internal.jose.JoseException.Reason;

/** Base64url without padding (RFC 7515 section 2), in the one form that bytes have. */
public final class Base64Url {
    private Base64Url() {}

    /**
     * {@return the text of bytes}
     *
     * @param bytes the bytes
     */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * {@return the bytes of a text}
     *
     * @param text the text
     * @throws JoseException if it is not what {@link #encode} makes of some bytes: the JDK's decoder lets padding through,
     *     and bits beyond the last byte (RFC 4648 section 3.5), which would give one token many spellings
     */
    public static byte[] decode(String text) throws JoseException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // The message would quote the token.
        }
        throw new JoseException(Reason.ENCODING);
    }
}
