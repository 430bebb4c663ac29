package org.partyline.transport.internal.proxy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.proxy.ProxyServer;

/** Reads a proxy's password, and leaves no copy behind but the one that it gives. */
final class ProxyPassword {
    /** RFC 1929 section 2 tells the length in one byte. For HTTP the same is meant as a bound. */
    private static final int MAX_BYTES = 255;

    private static final int BYTES_PER_CHAR = 3;

    private ProxyPassword() {}

    /** {@return the password in UTF-8, for the caller to wipe} */
    static byte[] read(ProxyServer proxy) throws TransportException {
        char[] password;
        try {
            password = proxy.readPassword();
        } catch (RuntimeException e) {
            throw unusable(proxy, "could not be had", e);
        }
        // A supplier in code that is not checked for nullness may give anything.
        if (password == null) {
            throw unusable(proxy, "could not be had", null);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(password.length, BYTES_PER_CHAR));
        try {
            CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), bytes, true);
            if (result.isError() || bytes.position() < 1 || bytes.position() > MAX_BYTES) {
                throw unusable(proxy, "is not 1 to 255 bytes of UTF-8", null);
            }
            for (char c : password) {
                if (Character.isISOControl(c)) {
                    throw unusable(proxy, "holds control characters", null);
                }
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        } finally {
            Arrays.fill(password, '\0');
            Arrays.fill(bytes.array(), (byte) 0);
        }
    }

    private static TransportException unusable(ProxyServer proxy, String why, @Nullable Throwable cause) {
        return new TransportException(
                Reason.PROXY_AUTHENTICATION_FAILED, "the password for the proxy " + proxy + " " + why, cause);
    }
}
