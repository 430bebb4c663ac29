package org.partyline.auth.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.Credentials;

/** SCRAM (RFC 5802), client side. */
final class ScramClient implements SaslClient {
    /** A message of the server's, decoded (L32 is in base64). */
    private static final int MAX_MESSAGE = 12 * 1024;

    /** Where a run stands. Nothing is accepted out of order. */
    private enum Step {
        INITIAL,
        CHALLENGED,
        PROVED,
        VERIFIED,
        FAILED
    }

    private final ScramHash hash;
    private final String username;
    private final Credentials.Password credentials;
    private final SaslOptions options;
    private final ScramKeys.Cache cache;
    private final String nonce;
    private final SaslOffer offer;
    private final BindingChoice binding;
    private final String gs2Header;
    private Step step = Step.INITIAL;
    private String clientFirstBare = "";
    private @Nullable ServerFirst challenge;
    private @Nullable ScramKeys keys;
    private byte @Nullable [] serverSignature;
    private volatile boolean cancelled;

    /**
     * Starts a run.
     *
     * @param offer what the server offered
     * @param binding how the run is bound to the channel
     * @param nonce this side's, printable ASCII without a comma
     */
    ScramClient(
            ScramHash hash,
            String username,
            Credentials.Password credentials,
            SaslOptions options,
            ScramKeys.Cache cache,
            SaslOffer offer,
            BindingChoice binding,
            String nonce) {
        this.hash = hash;
        this.username = username;
        this.credentials = credentials;
        this.options = options;
        this.cache = cache;
        this.nonce = nonce;
        this.offer = offer;
        this.binding = binding;
        this.gs2Header = binding.flag() + ",,";
    }

    @Override
    public String mechanism() {
        return binding.isBound() ? hash.boundMechanism() : hash.mechanism();
    }

    @Override
    public @Nullable String bindingType() {
        return binding.type();
    }

    @Override
    public SecurityPin.Strength strength() {
        return binding.isBound() ? SecurityPin.Strength.BOUND : SecurityPin.Strength.PROVED;
    }

    @Override
    public boolean isOfferProved() {
        ServerFirst answered = challenge;
        return step == Step.VERIFIED && answered != null && answered.listsHash() != null;
    }

    @Override
    public byte[] initialResponse() throws SaslException {
        require(Step.INITIAL, "the first message was made before");
        String name = Prepared.username(username).replace("=", "=3D").replace(",", "=2C");
        clientFirstBare = "n=" + name + ",r=" + nonce;
        step = Step.CHALLENGED;
        return (gs2Header + clientFirstBare).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] respond(byte[] message) throws SaslException {
        if (step == Step.PROVED) {
            // RFC 6120 section 6.4.5 lets a server send its last message as a challenge: the answer is empty.
            verify(message);
            return new byte[0];
        }
        require(Step.CHALLENGED, "a challenge came out of order");
        step = Step.FAILED;
        String serverFirst = text(message);
        ServerFirst parsed = ServerFirst.parse(serverFirst, nonce, options);
        challenge = parsed;
        checkOffer(parsed);
        String withoutProof = "c=" + base64(bindingInput()) + ",r=" + parsed.nonce();
        byte[] authMessage =
                (clientFirstBare + "," + serverFirst + "," + withoutProof).getBytes(StandardCharsets.UTF_8);
        try {
            ScramKeys used = keys(parsed);
            keys = used;
            serverSignature = used.serverSignature(hash, authMessage);
            byte[] proof = used.clientProof(hash, authMessage);
            step = Step.PROVED;
            return (withoutProof + ",p=" + base64(proof)).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new SaslException(
                    SaslException.Reason.CREDENTIALS_UNUSABLE, "this JVM cannot compute " + hash.mechanism(), e);
        }
    }

    /** Before anything is proved: what a man in the middle made of the offer would otherwise be served. */
    private void checkOffer(ServerFirst parsed) throws SaslException {
        String listsHash = parsed.listsHash();
        if (listsHash == null && binding.hashRequired()) {
            throw new SaslException(
                    SaslException.Reason.DOWNGRADE,
                    "the server no longer offers the channel binding that it had, or none that it should have, and does "
                            + "not prove that this is its own doing (XEP-0474)");
        }
        try {
            if (listsHash != null && !DowngradeHash.matches(listsHash, hash, offer)) {
                throw new SaslException(
                        SaslException.Reason.DOWNGRADE,
                        "what the server offered is not what arrived here: somebody between changed it (XEP-0474)");
            }
        } catch (GeneralSecurityException e) {
            throw new SaslException(
                    SaslException.Reason.CREDENTIALS_UNUSABLE, "this JVM cannot compute " + hash.mechanism(), e);
        }
    }

    /** The GS2 header, and the channel's binding behind it (RFC 5802 section 7, cbind-input). */
    private byte[] bindingInput() {
        byte[] header = gs2Header.getBytes(StandardCharsets.UTF_8);
        byte[] data = binding.data();
        if (data == null) {
            return header;
        }
        byte[] input = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, input, header.length, data.length);
        return input;
    }

    private ScramKeys keys(ServerFirst parsed) throws SaslException, GeneralSecurityException {
        ScramKeys kept = cache.find(hash, parsed);
        if (kept != null) {
            return kept;
        }
        byte[] password = Prepared.password(credentials);
        long deadline = System.nanoTime() + options.deadline().toNanos();
        try {
            return ScramKeys.derive(hash, password, parsed, () -> cancelled || System.nanoTime() - deadline > 0);
        } catch (CancellationException e) {
            throw new SaslException(
                    SaslException.Reason.CANCELLED,
                    cancelled ? "sign-in was cancelled" : "key derivation took longer than " + options.deadline());
        } finally {
            Wipe.wipe(password);
        }
    }

    @Override
    public void verifySuccess(byte @Nullable [] additionalData) throws SaslException {
        if (additionalData != null && step == Step.PROVED) {
            verify(additionalData);
        }
        if (step != Step.VERIFIED) {
            step = Step.FAILED;
            throw notVerified("the server claims success without its proof");
        }
    }

    private void verify(byte[] message) throws SaslException {
        step = Step.FAILED;
        String serverFinal = text(message);
        int end = serverFinal.indexOf(',');
        String first = end < 0 ? serverFinal : serverFinal.substring(0, end);
        ServerFirst answered = challenge;
        ScramKeys used = keys;
        if (!first.startsWith("v=") || answered == null || used == null) {
            throw notVerified(
                    first.equals("e=channel-bindings-dont-match")
                            ? "the server sees another TLS channel than this side: somebody is in between"
                            : first.startsWith("e=")
                                    ? "the server reports an error"
                                    : "the server's last message has no proof");
        }
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(first.substring(2));
        } catch (IllegalArgumentException e) {
            throw notVerified("the server's proof is not base64");
        }
        if (!MessageDigest.isEqual(signature, serverSignature)) {
            cache.forget(hash, answered);
            throw notVerified("the server's proof is wrong: it does not know this account's password");
        }
        cache.keep(hash, answered, used);
        step = Step.VERIFIED;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        ServerFirst answered = challenge;
        if (answered != null && step != Step.VERIFIED) {
            // Refused: a kept key may be of a former password.
            cache.forget(hash, answered);
        }
        if (keys != null) {
            keys.wipe();
        }
        Wipe.wipe(serverSignature);
    }

    private void require(Step expected, String otherwise) throws SaslException {
        if (step != expected) {
            step = Step.FAILED;
            throw new SaslException(SaslException.Reason.BAD_CHALLENGE, otherwise);
        }
    }

    private static String text(byte[] message) throws SaslException {
        if (message.length > MAX_MESSAGE) {
            throw new SaslException(
                    SaslException.Reason.BAD_CHALLENGE, "the server's message is over " + MAX_MESSAGE + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SaslException(SaslException.Reason.BAD_CHALLENGE, "the server's message is not UTF-8");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static SaslException notVerified(String message) {
        return new SaslException(SaslException.Reason.SERVER_NOT_VERIFIED, message);
    }
}
