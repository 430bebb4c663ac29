package org.partyline.testkit.internal.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/**
 * What waits while a client says that nobody looks at it (XEP-0352): presence and chat states, the last of each sender.
 * Prosody and ejabberd hold the same, and let it go with the next stanza that matters.
 */
final class HeldStanzas {
    private static final int MAX = 500;

    private final Map<String, XmlElement> last = new LinkedHashMap<>();

    /** {@return whether the stanza can wait, and does} */
    boolean hold(XmlElement stanza) {
        if (last.size() >= MAX || !canWait(stanza)) {
            return false;
        }
        String key = stanza.name() + " " + stanza.attribute("from");
        last.remove(key);
        last.put(key, stanza);
        return true;
    }

    private static boolean canWait(XmlElement stanza) {
        return switch (stanza.name()) {
            case "presence" -> {
                String type = Stanzas.type(stanza);
                yield type.isEmpty() || type.equals("unavailable");
            }
            case "message" -> isChatState(stanza);
            default -> false;
        };
    }

    /** {@return whether a message carries a chat state and nothing that has to be kept (XEP-0085)} */
    static boolean isChatState(XmlElement message) {
        boolean state = false;
        for (XmlElement child : message.children()) {
            if (child.namespace().equals(Ns.CHAT_STATES)) {
                state = true;
            } else if (!child.name().equals("thread") && !child.namespace().equals(Ns.HINTS)) {
                return false;
            }
        }
        return state;
    }

    /** {@return what waits, oldest first; it waits no longer} */
    List<XmlElement> take() {
        if (last.isEmpty()) {
            return List.of();
        }
        List<XmlElement> stanzas = new ArrayList<>(last.values());
        last.clear();
        return stanzas;
    }
}
