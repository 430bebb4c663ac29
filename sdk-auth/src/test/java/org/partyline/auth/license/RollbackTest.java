package org.partyline.auth.license;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.auth.license.Authority.NOW;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.auth.license.issue.Issue;
import org.partyline.auth.license.issue.IssuerKey;
import org.partyline.auth.license.issue.KeyFamily;

/** Documents of yesterday. */
class RollbackTest {
    private final Authority authority = new Authority();
    /** What an application keeps on a disk. */
    private final Map<String, Long> disk = new TreeMap<>();

    @ParameterizedTest
    @DisplayName("C17 an older list of keys, policy or status is refused once a newer was seen, after a restart too")
    @CsvSource({"6,19,0", "7,18,0", "7,19,-1", "6,18,-1"})
    void olderDocument_isRefused_acrossRestarts(long keys, long policy, long status) throws Exception {
        License.parse(bundle(7, 19, 0), authority.roots(), restarted());

        LicenseException e = assertThrows(
                LicenseException.class,
                () -> License.parse(bundle(keys, policy, status), authority.roots(), restarted()));

        assertEquals(LicenseCode.LICENSE_SIGNATURE, e.code());
        assertTrue(String.valueOf(e.getMessage()).contains("older"), e.getMessage());
        License.parse(bundle(7, 19, 0), authority.roots(), restarted());
        License.parse(bundle(8, 20, 1), authority.roots(), restarted());
    }

    @Test
    @DisplayName("C17 the store of this process remembers as well, and nobody's does without one")
    void inMemory_remembers() throws Exception {
        RollbackStore store = RollbackStore.inMemory();
        License license = License.parse(bundle(7, 19, 0), authority.roots(), store);
        assertThrows(LicenseException.class, () -> License.parse(bundle(6, 19, 0), authority.roots(), store));
        License.parse(bundle(6, 19, 0), authority.roots());

        String older = Issue.status(authority.status(NOW.minusSeconds(1), StatusList.Entry.VALID), authority.status);
        assertThrows(LicenseException.class, () -> license.withStatus(older, store));
        String olderPolicy = Issue.policy(authority.policy(18), authority.license);
        assertThrows(LicenseException.class, () -> license.withPolicy(olderPolicy, store));
        String newer = Issue.policy(authority.policy(20), authority.license);
        assertEquals(20, license.withPolicy(newer, store).policy().sequence());
        assertThrows(
                LicenseException.class,
                () -> license.withPolicy(authority.policyToken(), store),
                "what came alone counts as well");
    }

    @Test
    void bundleThatIsRefused_leavesNothingBehind() throws Exception {
        License.parse(bundle(7, 19, 0), authority.roots(), restarted());
        Map<String, Long> before = new TreeMap<>(disk);
        assertEquals(3, before.size());
        // New keys, but an old policy: whoever replays the one must not push the other ahead.
        assertThrows(LicenseException.class, () -> License.parse(bundle(9, 18, 5), authority.roots(), restarted()));
        IssuerKey stranger = IssuerKey.generate(KeyFamily.ROOT, "root-1");
        String forged = Issue.bundle(
                authority.licenseToken(),
                Issue.keys(authority.keys(1_000), stranger),
                authority.policyToken(),
                authority.statusToken());
        assertThrows(LicenseException.class, () -> License.parse(forged, authority.roots(), restarted()));
        assertEquals(before, disk);
    }

    private String bundle(long keys, long policy, long status) {
        return Issue.bundle(
                authority.licenseToken(),
                Issue.keys(authority.keys(keys), authority.root1),
                Issue.policy(authority.policy(policy), authority.license),
                Issue.status(authority.status(NOW.plusSeconds(status), StatusList.Entry.VALID), authority.status));
    }

    private RollbackStore restarted() {
        return new RollbackStore() {
            @Override
            public OptionalLong greatest(String document) {
                Long number = disk.get(document);
                return number == null ? OptionalLong.empty() : OptionalLong.of(number);
            }

            @Override
            public void remember(String document, long number) {
                disk.put(document, number);
            }
        };
    }
}
