package org.partyline.auth.credentials;

import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What proves who signs in. Holds no secret longer than a sign-in needs it; never shows one in {@code toString}.
 */
public sealed interface Credentials {

    /**
     * A password, asked for when it is needed and wiped after use.
     *
     * @param password gives a fresh array each time it is called; the array is wiped by the library. It is called off the
     *     event loop and may block. If it throws, or gives an empty array, sign-in fails
     * @return the credentials
     */
    static Credentials password(Supplier<char[]> password) {
        return new Password(Objects.requireNonNull(password, "password"));
    }

    /**
     * {@return a bearer token of an authorization server (SASL OAUTHBEARER, RFC 7628). A token is asked for when it is needed,
     * kept until a minute before its end, and shared by all clients that are built with these credentials}
     *
     * @param provider gets tokens
     */
    static Credentials token(TokenProvider provider) {
        return new Token(new TokenSource(provider, Clock.systemUTC()));
    }

    /** {@return credentials proved by the client certificate of the TLS settings (SASL EXTERNAL)} */
    static Credentials certificate() {
        return Certificate.INSTANCE;
    }

    /** {@return no credentials: the server gives a throw-away account (SASL ANONYMOUS, RFC 4505)} */
    static Credentials anonymous() {
        return Anonymous.INSTANCE;
    }

    /** A password that is asked for when needed. */
    final class Password implements Credentials {
        private final Supplier<char[]> supplier;

        private Password(Supplier<char[]> supplier) {
            this.supplier = supplier;
        }

        /** {@return a fresh array, for the caller to wipe} */
        public char[] read() {
            return supplier.get();
        }

        @Override
        public String toString() {
            return "Credentials[password ***]";
        }
    }

    /** A bearer token. */
    final class Token implements Credentials {
        private final TokenSource source;

        private Token(TokenSource source) {
            this.source = source;
        }

        /** {@return where the present token comes from} */
        public TokenSource source() {
            return source;
        }

        @Override
        public String toString() {
            return "Credentials[token ***]";
        }
    }

    /** The client certificate of the TLS settings. */
    enum Certificate implements Credentials {
        /** The only value. */
        INSTANCE;

        @Override
        public String toString() {
            return "Credentials[certificate]";
        }
    }

    /** No credentials. */
    enum Anonymous implements Credentials {
        /** The only value. */
        INSTANCE;

        @Override
        public String toString() {
            return "Credentials[anonymous]";
        }
    }
}
