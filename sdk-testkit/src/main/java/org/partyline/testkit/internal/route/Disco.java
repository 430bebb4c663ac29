package org.partyline.testkit.internal.route;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** What the server says about itself and about accounts (XEP-0030, XEP-0115). */
public final class Disco {
    /** The name that the server gives itself. */
    public static final String SERVER_NAME = "Partyline testkit";

    private static final String NODE = "https://partyline.example/testkit";

    private static final List<String> FEATURES = List.of(
            Ns.DISCO_INFO,
            Ns.DISCO_ITEMS,
            Ns.ROSTER,
            Ns.VERSION,
            "msgoffline",
            Ns.BLOCKING,
            Ns.CARBONS,
            Ns.CARBONS_RULES,
            Ns.PING);

    /** What an account has besides, where there are archives (XEP-0313 section 7, XEP-0359 section 5). */
    private static final List<String> OF_ARCHIVES = List.of(Ns.ARCHIVE, Ns.ARCHIVE_EXTENDED, Ns.STANZA_IDS);

    private static final String HASH = hash();

    private Disco() {}

    /** {@return the answer to a question about features and identities, of the server or of an account} */
    static XmlElement info(XmlElement iq, XmlElement query, boolean server, boolean archives) {
        if (!query.name().equals("query") || !Stanzas.type(iq).equals("get")) {
            return Stanzas.error(iq, StanzaCondition.BAD_REQUEST);
        }
        String node = query.attribute("node");
        if (node != null && !node.equals(NODE + "#" + HASH)) {
            return Stanzas.error(iq, StanzaCondition.ITEM_NOT_FOUND);
        }
        XmlElement.Builder info = XmlElement.builder(Ns.DISCO_INFO, "query")
                .attribute("node", node)
                .child(server ? identity("server", "im", SERVER_NAME) : identity("account", "registered", null));
        FEATURES.forEach(feature -> info.child(feature(feature)));
        if (archives && !server) {
            OF_ARCHIVES.forEach(feature -> info.child(feature(feature)));
        }
        return Stanzas.result(iq, info.build());
    }

    private static XmlElement feature(String name) {
        return XmlElement.builder(Ns.DISCO_INFO, "feature")
                .attribute("var", name)
                .build();
    }

    private static XmlElement identity(String category, String type, @Nullable String name) {
        return XmlElement.builder(Ns.DISCO_INFO, "identity")
                .attribute("category", category)
                .attribute("type", type)
                .attribute("name", name)
                .build();
    }

    /** {@return the answer to a question about items: there are none} */
    static XmlElement items(XmlElement iq, XmlElement query) {
        if (!query.name().equals("query") || !Stanzas.type(iq).equals("get")) {
            return Stanzas.error(iq, StanzaCondition.BAD_REQUEST);
        }
        return Stanzas.result(
                iq,
                XmlElement.builder(Ns.DISCO_ITEMS, "query")
                        .attribute("node", query.attribute("node"))
                        .build());
    }

    /** {@return the server's capabilities, as a stream feature (XEP-0115 section 6.3)} */
    public static XmlElement capabilities() {
        return XmlElement.builder(Ns.CAPS, "c")
                .attribute("hash", "sha-1")
                .attribute("node", NODE)
                .attribute("ver", HASH)
                .build();
    }

    /** XEP-0115 section 5.1. */
    private static String hash() {
        StringBuilder text = new StringBuilder("server/im//" + SERVER_NAME + "<");
        FEATURES.stream().sorted().forEach(feature -> text.append(feature).append('<'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-1", e);
        }
    }
}
