package org.partyline.xmpp.internal.negotiation;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.sasl.SaslClient;
import org.partyline.auth.sasl.SaslException;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.xml.XmlElement;

/**
 * Signs in by SASL (RFC 6120 section 6). Every call of the mechanism runs on a worker, one at a time, because it may
 * compute for long or ask the application; the loop only passes messages.
 */
final class SaslStep implements Step {
    private static final int MAX_ROUNDS = 10;

    private final Negotiation negotiation;
    private final List<String> offered;
    private final EventLoop loop;
    private int rounds;
    private boolean working;
    private boolean ended;

    /** Written by a worker before it hands back to the loop, read by either afterwards; never by both at once. */
    private volatile @Nullable SaslClient client;

    SaslStep(Negotiation negotiation, List<String> offered) {
        this.negotiation = negotiation;
        this.offered = offered;
        this.loop = negotiation.connection().loop();
    }

    @Override
    public String awaited() {
        return "sign-in";
    }

    @Override
    public void start() {
        work(() -> {
            SaslClient started = negotiation.settings().mechanisms().start(offered, true);
            client = started;
            byte[] initial = started.initialResponse();
            return () -> negotiation.send(XmlElement.builder(StreamFeatures.SASL, "auth")
                    .attribute("mechanism", started.mechanism())
                    .text(initial == null ? null : encode(initial))
                    .build());
        });
    }

    @Override
    public void onElement(XmlElement element) {
        SaslClient current = client;
        if (working || current == null || !element.namespace().equals(StreamFeatures.SASL)) {
            negotiation.unexpected(element);
            return;
        }
        switch (element.name()) {
            case "challenge" -> challenge(current, element.text());
            case "success" -> success(current, element.text());
            case "failure" -> failure(current, element);
            default -> negotiation.unexpected(element);
        }
    }

    private void challenge(SaslClient current, String text) {
        if (++rounds > MAX_ROUNDS) {
            fail("bad-challenge", "more than " + MAX_ROUNDS + " challenges", null);
            return;
        }
        work(() -> {
            byte[] response = current.respond(decode(text));
            return () -> negotiation.send(XmlElement.builder(StreamFeatures.SASL, "response")
                    .text(encode(response))
                    .build());
        });
    }

    private void success(SaslClient current, String text) {
        work(() -> {
            current.verifySuccess(text.isEmpty() ? null : decode(text));
            return negotiation::signedIn;
        });
    }

    private void failure(SaslClient current, XmlElement element) {
        String condition = element.children().stream()
                .map(XmlElement::name)
                .filter(name -> !name.equals("text"))
                .findFirst()
                .orElse("not-authorized");
        boolean passing = condition.equals("temporary-auth-failure");
        negotiation.fail(new AuthenticationFailedException(
                current.mechanism(), condition, "the server refused sign-in: " + condition, null, passing));
    }

    private void fail(String condition, String message, @Nullable Throwable cause) {
        SaslClient current = client;
        negotiation.fail(new AuthenticationFailedException(
                current == null ? null : current.mechanism(), condition, message, cause, false));
    }

    /** Work for a worker, which gives what the loop does with its outcome. */
    @FunctionalInterface
    private interface Work {
        Runnable run() throws SaslException;
    }

    private void work(Work work) {
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

    @Override
    public void end() {
        ended = true;
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

    private static String encode(byte[] message) {
        // An empty message is told from none by a single "=" (RFC 6120 section 6.4.2).
        return message.length == 0 ? "=" : Base64.getEncoder().encodeToString(message);
    }

    private static byte[] decode(String text) throws SaslException {
        if (text.isEmpty() || text.equals("=")) {
            return new byte[0];
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
            case SERVER_NOT_VERIFIED -> "server-not-verified";
            case CANCELLED -> "cancelled";
        };
    }

    private static String text(SaslException e) {
        String message = e.getMessage();
        return message == null ? e.reason().name() : message;
    }
}
