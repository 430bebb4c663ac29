package org.partyline.xmpp.internal.negotiation;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.sasl.FastToken;
import org.partyline.auth.sasl.SaslClient;
import org.partyline.auth.sasl.SaslException;
import org.partyline.auth.sasl.SecurityPin;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.session.CertificateChange;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;

/**
 * One run of a SASL mechanism, whichever profile carries it. What computes for long or asks the application runs on a
 * worker, one call at a time; the loop only passes messages, and compares the server's proof.
 */
final class SaslRun {
    /** Challenges that are answered (L32). */
    private static final int MAX_ROUNDS = 10;
    /** Characters of one message of the server's, in base64 (L32). */
    private static final int MAX_TEXT = 16 * 1024;
    /** Characters of what the server says of a refusal, for people (L40). */
    private static final int MAX_SAID = 256;

    private final Negotiation negotiation;
    private final EventLoop loop;
    private int rounds;
    private boolean working;
    private boolean ended;
    private boolean weaker;
    /** What was remembered of the account before; read once, by the worker that begins. */
    private @Nullable SecurityPin pin;

    /** Written by a worker before it hands back to the loop, read by either afterwards; never by both at once. */
    private volatile @Nullable SaslClient client;

    /** Whether a worker should give up. */
    private volatile boolean stopped;

    SaslRun(Negotiation negotiation) {
        this.negotiation = negotiation;
        this.loop = negotiation.connection().loop();
    }

    /** Work for a worker, which gives what the loop does with its outcome. */
    @FunctionalInterface
    interface Work {
        Runnable run() throws SaslException;
    }

    /** {@return whether a worker is at it, so that nothing may come from the server} */
    boolean isWorking() {
        return working;
    }

    boolean isStopped() {
        return stopped;
    }

    /** {@return the mechanism that runs, or null before it began} */
    @Nullable
    SaslClient client() {
        return client;
    }

    /** Takes the mechanism that a worker started. Called by that worker, or on the loop before any worker. */
    void client(SaslClient started) {
        client = started;
    }

    /**
     * Looks at what is remembered of the account before anything is proved. Called on a worker.
     *
     * @param session the TLS session
     * @throws SaslException if the pin cannot be read
     * @return what the loop does if the sign-in must not go on, or null
     */
    @Nullable
    Runnable refusedBeforehand(TlsSession session) throws SaslException {
        pin = negotiation.settings().mechanisms().pin();
        String former = pin == null ? null : pin.publicKey();
        String present = session.publicKeyPin();
        if (former == null || former.equals(present)) {
            return null;
        }
        String account = negotiation.settings().account().toString();
        boolean accepted;
        try {
            accepted = negotiation
                    .settings()
                    .signIn()
                    .certificateChange()
                    .test(new CertificateChange(account, former, present, session.peerCertificates()));
        } catch (RuntimeException e) {
            return () -> refuseKey("the application's answer to the server's new key failed: "
                    + e.getClass().getName());
        }
        return accepted ? null : () -> refuseKey("the application refused the server's new key");
    }

    private void refuseKey(String message) {
        negotiation.fail(new ConnectionException(
                message,
                ConnectionException.Reason.CERTIFICATE_REJECTED,
                List.of(ConnectFailures.attempt(negotiation.connection().endpoint(), message)),
                null,
                false));
    }

    /** Notes whether this sign-in is weaker than one before. Called on a worker, when the mechanism was chosen. */
    void compare(SaslClient started) {
        weaker = pin != null && started.strength().compareTo(pin.strongest()) < 0;
    }

    boolean isWeaker() {
        return weaker;
    }

    /** Answers a challenge. */
    void challenge(String text, Function<byte[], XmlElement> response) {
        SaslClient current = client;
        if (current == null || ++rounds > MAX_ROUNDS) {
            fail("bad-challenge", "more than " + MAX_ROUNDS + " challenges, or one before all", null);
            return;
        }
        work(() -> {
            byte[] answer = current.respond(decode(text));
            return () -> negotiation.send(response.apply(answer));
        });
    }

    /** {@return whether the server has proved itself; the negotiation has failed otherwise} */
    boolean verify(@Nullable String additionalData) {
        SaslClient current = client;
        try {
            if (current == null) {
                throw new SaslException(SaslException.Reason.SERVER_NOT_VERIFIED, "success before all");
            }
            current.verifySuccess(additionalData == null ? null : decode(additionalData));
            return true;
        } catch (SaslException e) {
            fail(condition(e.reason()), text(e), e);
            return false;
        }
    }

    /** Has the success remembered, by a worker; the negotiation does not wait for it. */
    void remember(@Nullable FastToken token) {
        SaslClient succeeded = client;
        TlsSession session = negotiation.connection().tls();
        if (succeeded == null || session == null) {
            return;
        }
        String key = session.publicKeyPin();
        try {
            negotiation
                    .settings()
                    .workers()
                    .execute(() -> negotiation.settings().mechanisms().succeeded(succeeded, key, token));
        } catch (RejectedExecutionException e) {
            // The threads have ended: nobody signs in again with what would be remembered.
        }
    }

    /** Ends the negotiation as the server asks, or has another way tried. */
    void refused(String condition, @Nullable String said) {
        SaslClient current = client;
        if (current == null) {
            fail(condition, "the server refused sign-in before it began", null);
            return;
        }
        work(() -> {
            boolean another = negotiation.settings().mechanisms().refused(current);
            return () -> {
                if (another) {
                    negotiation.again(new SignInAgain(false));
                } else {
                    negotiation.fail(refusal(current, condition, said));
                }
            };
        });
    }

    private static AuthenticationFailedException refusal(SaslClient client, String condition, @Nullable String said) {
        String text = said == null
                ? ""
                : " (" + (said.length() <= MAX_SAID ? said : said.substring(0, MAX_SAID) + "...") + ")";
        String bound = client.bindingType() == null
                ? ""
                : "; the proof was bound to this TLS channel, so if the password is right, somebody is in between";
        return new AuthenticationFailedException(
                client.mechanism(),
                condition,
                "the server refused sign-in: " + condition + text + bound,
                null,
                condition.equals("temporary-auth-failure"));
    }

    void fail(String condition, String message, @Nullable Throwable cause) {
        SaslClient current = client;
        negotiation.fail(new AuthenticationFailedException(
                current == null ? null : current.mechanism(), condition, message, cause, false));
    }

    void work(Work work) {
        working = true;
        try {
            negotiation.settings().workers().execute(() -> {
                Runnable then;
                try {
                    then = work.run();
                } catch (SaslException e) {
                    then = () -> fail(condition(e.reason()), text(e), e);
                } catch (RuntimeException e) {
                    // Whatever a mechanism or a supplier of the application's throws ends this sign-in, not the loop.
                    then = () -> fail(
                            "credentials-unusable",
                            "sign-in failed: " + e.getClass().getName(),
                            e);
                }
                handBack(then);
            });
        } catch (RejectedExecutionException e) {
            working = false;
            fail("credentials-unusable", "the worker threads have ended", e);
        }
    }

    private void handBack(Runnable outcome) {
        try {
            loop.execute(() -> worked(outcome));
        } catch (RejectedExecutionException e) {
            // The loop ended meanwhile, and nobody waits for the outcome; but the secret is still here.
            wipe();
        }
    }

    private void worked(Runnable outcome) {
        working = false;
        if (ended) {
            wipe();
        } else {
            outcome.run();
        }
    }

    /** The negotiation is over, or past sign-in. */
    void end() {
        ended = true;
        stopped = true;
        SaslClient current = client;
        if (working && current != null) {
            current.cancel();
        } else if (!working) {
            wipe();
        }
    }

    private void wipe() {
        SaslClient current = client;
        if (current != null) {
            client = null;
            current.close();
        }
    }

    static byte[] decode(String text) throws SaslException {
        if (text.isEmpty() || text.equals("=")) {
            return new byte[0];
        }
        if (text.length() > MAX_TEXT) {
            throw new SaslException(
                    SaslException.Reason.BAD_CHALLENGE,
                    "a message of " + text.length() + " characters, over the limit of " + MAX_TEXT);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new SaslException(SaslException.Reason.BAD_CHALLENGE, "a message that is not base64");
        }
    }

    private static String condition(SaslException.Reason reason) {
        return switch (reason) {
            case NO_MECHANISM -> "no-mechanism";
            case CREDENTIALS_UNUSABLE -> "credentials-unusable";
            case BAD_CHALLENGE -> "bad-challenge";
            case DOWNGRADE -> "downgrade";
            case SERVER_NOT_VERIFIED -> "server-not-verified";
            case CANCELLED -> "cancelled";
        };
    }

    private static String text(SaslException e) {
        String message = e.getMessage();
        return message == null ? e.reason().name() : message;
    }
}
