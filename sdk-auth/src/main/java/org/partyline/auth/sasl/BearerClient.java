package org.partyline.auth.sasl;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.AccessToken;
import org.partyline.auth.credentials.TokenSource;

/** OAUTHBEARER (RFC 7628), client side. */
final class BearerClient implements SaslClient {
    static final String MECHANISM = "OAUTHBEARER";
    private static final int WAIT_SECONDS = 20;
    private static final String SEPARATOR = "\u0001";

    private final String account;
    private final TokenSource source;
    private final CompletableFuture<AccessToken> asked = new CompletableFuture<>();
    private @Nullable AccessToken used;
    private byte @Nullable [] sent;
    private boolean fresh;
    private boolean refused;

    BearerClient(String account, TokenSource source) {
        this.account = account;
        this.source = source;
    }

    @Override
    public String mechanism() {
        return MECHANISM;
    }

    @Override
    public SecurityPin.Strength strength() {
        return SecurityPin.Strength.SHOWN;
    }

    @Override
    public byte[] initialResponse() throws SaslException {
        fresh = !source.hasToken();
        source.current().whenComplete((token, failure) -> {
            if (failure != null) {
                asked.completeExceptionally(failure);
            } else {
                asked.complete(token);
            }
        });
        AccessToken token = await();
        used = token;
        char[] value = token.value();
        byte[] secret = Wipe.utf8(value);
        Wipe.wipe(value);
        byte[] head = ("n,a=" + escaped(account) + "," + SEPARATOR + "auth=Bearer ").getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[head.length + secret.length + 2];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(secret, 0, message, head.length, secret.length);
        message[message.length - 2] = 1;
        message[message.length - 1] = 1;
        Wipe.wipe(secret);
        sent = message;
        return message;
    }

    private AccessToken await() throws SaslException {
        try {
            return asked.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new SaslException(
                    SaslException.Reason.CREDENTIALS_UNUSABLE,
                    "the token provider gave no token within " + WAIT_SECONDS + " seconds");
        } catch (CancellationException e) {
            throw new SaslException(SaslException.Reason.CANCELLED, "sign-in was cancelled");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            // Its text could hold anything, so it is not kept.
            throw new SaslException(
                    SaslException.Reason.CREDENTIALS_UNUSABLE,
                    "the token provider failed: "
                            + (cause == null ? e : cause).getClass().getName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SaslException(SaslException.Reason.CANCELLED, "sign-in was interrupted");
        }
    }

    /** RFC 5801 section 4, saslname. */
    private static String escaped(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
        if (sent == null || refused) {
            throw new SaslException(SaslException.Reason.BAD_CHALLENGE, "a challenge came out of order");
        }
        // The only challenge there is tells of an error, and is answered so that the failure can follow (RFC 7628
        // section
        // 3.2.3).
        refused = true;
        return SEPARATOR.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void verifySuccess(byte @Nullable [] additionalData) throws SaslException {
        if (sent == null || refused) {
            throw new SaslException(SaslException.Reason.SERVER_NOT_VERIFIED, "success after an error, or before all");
        }
    }

    /** Drops a token that was refused. {@return whether it was an old one, so that a new one may serve} */
    boolean dropRefused() {
        AccessToken token = used;
        if (token == null) {
            return false;
        }
        source.refused(token);
        return !fresh;
    }

    @Override
    public void cancel() {
        asked.cancel(false);
    }

    @Override
    public void close() {
        Wipe.wipe(sent);
    }
}
