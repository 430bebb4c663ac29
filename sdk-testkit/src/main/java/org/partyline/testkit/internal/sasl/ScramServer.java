package org.partyline.testkit.internal.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;

/** SCRAM, with channel binding and without (RFC 5802). */
final class ScramServer implements SaslServer {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 18;

    private final ScramHash hash;
    private final boolean binds;
    private final SaslContext context;

    private @Nullable String user;
    private @Nullable ScramKeys keys;
    /** What the client must send again, and what it binds to. */
    private byte[] bound = {};

    private String nonce = "";
    /** The two first messages as the signature covers them. */
    private String firstMessages = "";

    ScramServer(ScramHash hash, boolean binds, SaslContext context) {
        this.hash = hash;
        this.binds = binds;
        this.context = context;
    }

    @Override
    public SaslStep respond(byte[] message) throws SaslFailure {
        String text = utf8(message);
        return keys == null ? first(text) : last(text);
    }

    private SaslStep first(String message) throws SaslFailure {
        // gs2-cbind-flag "," [ "a=" authzid ] "," client-first-message-bare
        int afterFlag = message.indexOf(',');
        int afterHeader = afterFlag < 0 ? -1 : message.indexOf(',', afterFlag + 1);
        if (afterHeader < 0) {
            throw SaslFailure.malformed();
        }
        bound = bound(message.substring(0, afterHeader + 1), binding(message.substring(0, afterFlag)));
        String bare = message.substring(afterHeader + 1);
        String[] attributes = bare.split(",", -1);
        if (attributes.length < 2) {
            throw SaslFailure.malformed();
        }
        String name = unescape(value(attributes[0], 'n'));
        String clientNonce = value(attributes[1], 'r');
        user = Address.bare(name, "").local();
        String authzid = message.substring(afterFlag + 1, afterHeader);
        if (!authzid.isEmpty()) {
            context.requireOwn(unescape(value(authzid, 'a')), user);
        }
        ScramKeys found = context.users().scramKeys(user, hash);
        if (found == null) {
            throw SaslFailure.notAuthorized();
        }
        keys = found;
        byte[] random = new byte[NONCE_BYTES];
        RANDOM.nextBytes(random);
        nonce = clientNonce + Base64.getEncoder().encodeToString(random);
        String answer = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(found.salt()) + ",i="
                + found.iterations()
                + (context.offer().isProtected() ? ",h=" + context.offer().hash(hash) : "");
        firstMessages = bare + "," + answer;
        return SaslStep.challenge(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return what the client must prove to share, by its flag (section 6)} */
    private byte[] binding(String flag) throws SaslFailure {
        if (binds) {
            byte[] data = flag.startsWith("p=") ? context.offer().bindings().get(flag.substring(2)) : null;
            if (data == null) {
                // Nothing is bound, or to something that is not offered.
                throw SaslFailure.malformed();
            }
            return data;
        }
        if (flag.equals("y") && context.offer().binds()) {
            // The client would have bound, but was not told that it can: somebody changed what it was told.
            throw SaslFailure.malformed();
        }
        if (!flag.equals("n") && !flag.equals("y")) {
            // A binding was demanded of a mechanism that has none.
            throw SaslFailure.malformed();
        }
        return new byte[0];
    }

    private static byte[] bound(String gs2Header, byte[] data) {
        byte[] header = gs2Header.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, all, header.length, data.length);
        return all;
    }

    private SaslStep last(String message) throws SaslFailure {
        String[] attributes = message.split(",", -1);
        int proofAt = message.lastIndexOf(",p=");
        if (attributes.length < 3 || proofAt < 0 || user == null || keys == null) {
            throw SaslFailure.malformed();
        }
        if (!MessageDigest.isEqual(base64(value(attributes[0], 'c')), bound)
                || !value(attributes[1], 'r').equals(nonce)) {
            throw SaslFailure.notAuthorized();
        }
        byte[] authMessage = (firstMessages + "," + message.substring(0, proofAt)).getBytes(StandardCharsets.UTF_8);
        if (!keys.isProof(base64(message.substring(proofAt + 3)), authMessage)) {
            throw SaslFailure.notAuthorized();
        }
        String answer = "v=" + Base64.getEncoder().encodeToString(keys.serverSignature(authMessage));
        return SaslStep.success(user, answer.getBytes(StandardCharsets.UTF_8));
    }

    private static String value(String attribute, char name) throws SaslFailure {
        if (attribute.length() < 3 || attribute.charAt(0) != name || attribute.charAt(1) != '=') {
            throw SaslFailure.malformed();
        }
        return attribute.substring(2);
    }

    private static String unescape(String name) throws SaslFailure {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != '=') {
                text.append(name.charAt(i));
            } else if (name.startsWith("=2C", i)) {
                text.append(',');
                i += 2;
            } else if (name.startsWith("=3D", i)) {
                text.append('=');
                i += 2;
            } else {
                throw SaslFailure.malformed();
            }
        }
        return text.toString();
    }

    private static byte[] base64(String text) throws SaslFailure {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw SaslFailure.malformed();
        }
    }

    private static String utf8(byte[] message) throws SaslFailure {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException e) {
            throw SaslFailure.malformed();
        }
    }
}
