package org.partyline.auth.license;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Remembers the newest documents that were seen, so that nobody can show an older one in which a license is not revoked yet.
 * An application that keeps it with its settings is safe from that across restarts. Called by the thread that reads a license,
 * one at a time; what it throws passes through.
 */
public interface RollbackStore {

    /**
     * {@return the greatest number that was seen of a document, if any}
     *
     * @param document which, printable and at most 1,100 characters
     */
    OptionalLong greatest(String document);

    /**
     * Keeps a number in place of the one before.
     *
     * @param document which
     * @param number the number, greater than the one before
     */
    void remember(String document, long number);

    /** {@return a store that forgets all when the process ends} */
    static RollbackStore inMemory() {
        return new RollbackStore() {
            private final Map<String, Long> numbers = new HashMap<>();

            @Override
            public synchronized OptionalLong greatest(String document) {
                Long number = numbers.get(document);
                return number == null ? OptionalLong.empty() : OptionalLong.of(number);
            }

            @Override
            public synchronized void remember(String document, long number) {
                numbers.put(document, number);
            }
        };
    }
}
