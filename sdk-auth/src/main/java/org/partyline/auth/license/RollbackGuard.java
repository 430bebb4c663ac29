package org.partyline.auth.license;

import java.util.LinkedHashMap;
import java.util.Map;

/** Refuses documents that are older than some that were seen before. */
final class RollbackGuard {
    private RollbackGuard() {}

    /**
     * Checks documents that are verified, and remembers them only when all of them pass.
     *
     * @throws LicenseException if one is older than what was seen ({@link LicenseCode#LICENSE_SIGNATURE}: a fresh download helps)
     */
    static void pass(RollbackStore store, Map<String, Long> numbers) throws LicenseException {
        // Two licenses that are read at once with one store must not step back between check and note.
        synchronized (store) {
            Map<String, Long> newer = new LinkedHashMap<>();
            for (Map.Entry<String, Long> each : numbers.entrySet()) {
                long seen = store.greatest(each.getKey()).orElse(Long.MIN_VALUE);
                if (each.getValue() < seen) {
                    throw new LicenseException(
                            LicenseCode.LICENSE_SIGNATURE,
                            each.getKey().substring(0, each.getKey().indexOf(' '))
                                    + ": an older copy than was seen before");
                }
                if (each.getValue() > seen) {
                    newer.put(each.getKey(), each.getValue());
                }
            }
            newer.forEach(store::remember);
        }
    }

    static Map.Entry<String, Long> of(KeysDocument keys) {
        return Map.entry("keys " + keys.issuer(), keys.sequence());
    }

    static Map.Entry<String, Long> of(NetworkPolicy policy) {
        return Map.entry("policy " + policy.audience(), policy.sequence());
    }

    static Map.Entry<String, Long> of(StatusList status) {
        return Map.entry("status " + status.uri(), status.issuedAt().getEpochSecond());
    }
}
