package org.partyline.xmpp.internal.stanza;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables of so many entries at most. */
public final class LruMaps {
    private LruMaps() {}

    /**
     * Makes an empty one, of which the least recently used entry goes first.
     *
     * @param <K> the keys
     * @param <V> the values
     * @param most how many entries it holds
     * @return the table
     */
    public static <K, V extends @Nullable Object> Map<K, V> ofAtMost(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
