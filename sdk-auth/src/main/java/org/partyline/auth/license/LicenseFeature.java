package org.partyline.auth.license;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a license allows. The list is closed; features that a newer license names are left out. */
public enum LicenseFeature {
    /** Presence and contacts. */
    PRESENCE,
    /** Messages between two. */
    MESSAGE,
    /** Rooms. */
    ROOM,
    /** Accounts that no person writes with. */
    BOT,
    /** Files. */
    FILE,
    /** The search for people. */
    DIRECTORY;

    /** {@return the name in tokens} */
    public String tokenName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the features of names; those that are not known are left out}
     *
     * @param names the names, as in tokens
     */
    public static Set<LicenseFeature> named(Collection<String> names) {
        Set<LicenseFeature> known = EnumSet.noneOf(LicenseFeature.class);
        for (LicenseFeature each : values()) {
            if (names.contains(each.tokenName())) {
                known.add(each);
            }
        }
        return Collections.unmodifiableSet(known);
    }
}
