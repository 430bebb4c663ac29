package org.partyline.testkit.internal.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.sasl.FastToken;

/** The tokens of an account: of each installation the one that it uses, and the one that it was given last (XEP-0484). */
public final class FastTokens {
    /** Installations that tokens are kept for; beyond, those of the one that has not been heard of for longest are lost. */
    private static final int MAX_CLIENTS = 100;

    private final Map<String, Slots> clients = new LinkedHashMap<>(16, 0.75f, true);

    /** {@return the tokens of an installation, the newest first} */
    public List<FastToken> of(String client) {
        Slots slots = clients.get(client);
        return slots == null ? List.of() : slots.all();
    }

    /** Gives an installation one more token; one that it was given before and has not used is lost. */
    public void issue(String client, FastToken token) {
        clients.computeIfAbsent(client, key -> new Slots()).fresh = token;
        if (clients.size() > MAX_CLIENTS) {
            clients.remove(clients.keySet().iterator().next());
        }
    }

    /** An installation used a token: the one before it is lost. */
    public void used(String client, FastToken token) {
        Slots slots = clients.get(client);
        if (slots != null && slots.fresh == token) {
            slots.current = token;
            slots.fresh = null;
        }
    }

    /** Makes a token invalid. */
    public void invalidate(String client, FastToken token) {
        Slots slots = clients.get(client);
        if (slots != null) {
            slots.fresh = slots.fresh == token ? null : slots.fresh;
            slots.current = slots.current == token ? null : slots.current;
        }
    }

    /** Ends the time of all of them. */
    public void expireAll() {
        clients.values().forEach(slots -> slots.all().forEach(FastToken::expire));
    }

    /** Makes all of them invalid. */
    public void clear() {
        clients.clear();
    }

    private static final class Slots {
        private @Nullable FastToken fresh;
        private @Nullable FastToken current;

        List<FastToken> all() {
            List<FastToken> all = new ArrayList<>(2);
            if (fresh != null) {
                all.add(fresh);
            }
            if (current != null) {
                all.add(current);
            }
            return all;
        }
    }
}
