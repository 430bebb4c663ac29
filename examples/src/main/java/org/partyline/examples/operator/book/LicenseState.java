package org.partyline.examples.operator.book;

import java.util.Locale;

/** Where a license stands. */
public enum LicenseState {
    /** A partner applied; nobody has looked yet. */
    APPLIED,
    /** Somebody looks at it. */
    IN_REVIEW,
    /** The partner was asked something. */
    INFO_REQUESTED,
    /** It was not granted, and will not be. */
    REJECTED,
    /** It is good. */
    GRANTED,
    /** It is not good until somebody lifts that. */
    SUSPENDED,
    /** It is over for good. */
    REVOKED,
    /** Its time is up, and what is installed works for a while longer. */
    GRACE,
    /** That while is over, too. */
    EXPIRED,
    /** The partner gave it back. */
    WITHDRAWN;

    /** {@return whether nothing can happen to it any more} */
    public boolean terminal() {
        return this == REJECTED || this == REVOKED || this == WITHDRAWN;
    }

    /** {@return the name as it stands in documents and on the command line} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
