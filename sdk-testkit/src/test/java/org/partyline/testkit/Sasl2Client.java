package org.partyline.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** A client's side of XEP-0388 in strings, with SCRAM reckoned by the formulas of RFC 5802 alone. */
final class Sasl2Client {
    /** An installation's id, of the form that XEP-0388 section 2.3 demands. */
    static final String AGENT = "d4565fa7-4d72-4749-b3d3-740edbf87770";

    static final String OTHER_AGENT = "0a1b2c3d-4d72-4749-b3d3-740edbf87770";

    private Sasl2Client() {}

    /** Opens a stream that says whose it is, and returns the features. */
    static String open(RawClient client, TestAccount account) {
        client.send("<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
                + " xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='" + account.domain() + "' from='"
                + account.jid() + "'>");
        return client.awaitElement("stream:features");
    }

    static String authenticate(String mechanism, @Nullable String initial, @Nullable String agent, String wishes) {
        return "<authenticate xmlns='urn:xmpp:sasl:2' mechanism='" + mechanism + "'>"
                + (initial == null ? "" : "<initial-response>" + base64(initial) + "</initial-response>")
                + (agent == null ? "" : "<user-agent id='" + agent + "'><software>Raw</software></user-agent>")
                + wishes + "</authenticate>";
    }

    static String plain(TestAccount account, @Nullable String agent, String wishes) {
        return authenticate("PLAIN", "\0" + account.username() + "\0" + account.password(), agent, wishes);
    }

    /** Signs in by PLAIN on a new stream, and returns the success. */
    static String signIn(RawClient client, TestAccount account, @Nullable String agent, String wishes) {
        open(client, account);
        client.send(plain(account, agent, wishes));
        return client.awaitElement("success");
    }

    /** Returns what binds to the server's certificate, which ECDSA with SHA-256 signs (RFC 5929 section 4). */
    static byte[] endPoint(RawClient client) throws GeneralSecurityException, SSLPeerUnverifiedException {
        return MessageDigest.getInstance("SHA-256")
                .digest(client.tls().getSession().getPeerCertificates()[0].getEncoded());
    }

    /** Returns what binds to the connection's keys (RFC 9266), or null where the JDK does not tell. */
    static byte @Nullable [] exporter(RawClient client) throws ReflectiveOperationException {
        try {
            return (byte[]) ExtendedSSLSession.class
                    .getMethod("exportKeyingMaterialData", String.class, byte[].class, int.class)
                    .invoke(client.tls().getSession(), "EXPORTER-Channel-Binding", new byte[0], 32);
        } catch (NoSuchMethodException beforeJdk25) {
            return null;
        }
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static String unbase64(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    static String content(String xml, String element) {
        Matcher matcher = Pattern.compile("(?s)<" + element + "(?:\\s[^>]*)?>(.*?)</" + element + ">")
                .matcher(xml);
        if (!matcher.find()) {
            throw new AssertionError("no <" + element + "> in " + xml);
        }
        return matcher.group(1);
    }

    static String field(String scramMessage, String name) {
        for (String field : scramMessage.split(",", -1)) {
            if (field.startsWith(name + "=")) {
                return field.substring(2);
            }
        }
        throw new AssertionError("no " + name + "= in " + scramMessage);
    }

    static byte[] hmac(String hash, byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("Hmac" + hash);
            mac.init(new SecretKeySpec(key, "Hmac" + hash));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns SaltedPassword of RFC 5802 section 3. */
    static byte[] salted(String hash, String password, byte[] salt, int iterations, int bits) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, bits))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
