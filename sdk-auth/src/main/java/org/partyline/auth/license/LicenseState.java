package org.partyline.auth.license;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a license stands at an instant. */
public enum LicenseState {
    /** It holds. */
    VALID(null),
    /** It begins later. */
    NOT_YET_VALID(LicenseCode.LICENSE_NOT_YET_VALID),
    /** It ended, and its grace did not: installations that are there go on, new ones are refused. */
    IN_GRACE(LicenseCode.LICENSE_IN_GRACE),
    /** It ended, and its grace with it. */
    EXPIRED(LicenseCode.LICENSE_EXPIRED),
    /** The operator suspended it, and may lift that. */
    SUSPENDED(LicenseCode.LICENSE_SUSPENDED),
    /** The operator revoked it for good. */
    REVOKED(LicenseCode.LICENSE_REVOKED);

    private final @Nullable LicenseCode code;

    LicenseState(@Nullable LicenseCode code) {
        this.code = code;
    }

    /** {@return the code for it; none for a license that holds} */
    public Optional<LicenseCode> code() {
        return Optional.ofNullable(code);
    }

    /** {@return whether installations that are there may go on} */
    public boolean usable() {
        return this == VALID || this == IN_GRACE;
    }
}
