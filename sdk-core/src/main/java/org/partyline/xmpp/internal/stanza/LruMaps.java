package org.partyline.xmpp.internal.stanza;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of so many entries at most: the least recently used goes first.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class LruMap<K, V extends @Nullable Object> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    /**
     * @param most how many entries it holds
     */
    public LruMap(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
