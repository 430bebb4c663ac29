package org.partyline.auth.internal.jose;

import java.time.DateTimeException;
import org.partyline.auth.internal.crypto.Libraries;

/**
 * Reads something that is hostile until it is read.
 *
 * @param <T> what it is then
 * @param <E> what its reader refuses it by
 */
@FunctionalInterface
public interface Reading<T, E extends Exception> {
    /**
     * {@return what is read}
     *
     * @throws JoseException if it cannot be, or nobody who may has signed it
     * @throws E if it is refused for what it says
     */
    T read() throws JoseException, E;

    /**
     * Makes a refusal.
     *
     * @param <E> what it is
     */
    @FunctionalInterface
    interface Refusal<E extends Exception> {
        /**
         * {@return the refusal}
         *
         * @param kind what is behind it
         * @param message why; holds nothing of what was read
         */
        E of(JoseException.Kind kind, String message);
    }

    /**
     * {@return what is read, so that one kind of exception alone comes out}
     *
     * @param reading reads it; an argument that a value refuses is a claim that should not be there
     * @param refusal makes the exception
     * @param <T> what is read
     * @param <E> the exception
     * @throws E if it cannot be read, or is refused
     * @throws IllegalStateException if the libraries that licenses need are missing
     */
    static <T, E extends Exception> T all(Reading<T, E> reading, Refusal<E> refusal) throws E {
        Libraries.require();
        try {
            return reading.read();
        } catch (JoseException e) {
            throw refusal.of(e.reason().kind(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | DateTimeException e) {
            // Messages of the platform can quote what they refuse.
            throw refusal.of(JoseException.Kind.MALFORMED, "a claim is out of bounds");
        }
    }
}
