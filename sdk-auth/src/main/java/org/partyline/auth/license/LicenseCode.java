package org.partyline.auth.license;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a license, or who shows one, is refused; the same names on every wire. */
public enum LicenseCode {
    /** The network requires a license, and none is there. */
    LICENSE_MISSING(true),
    /** A document or token that cannot be read as what it should be. */
    LICENSE_MALFORMED(true),
    /** A document that nobody who may has signed, or an older copy of one that was seen before. */
    LICENSE_SIGNATURE(true),
    /** The license begins later. */
    LICENSE_NOT_YET_VALID(false),
    /** The license ended, and its grace with it. */
    LICENSE_EXPIRED(true),
    /** The license ended, and its grace did not: installations that are there go on. */
    LICENSE_IN_GRACE(false),
    /** The operator suspended the license, and may lift that. */
    LICENSE_SUSPENDED(true),
    /** The operator revoked the license for good. */
    LICENSE_REVOKED(true),
    /** The license is for another product, platform, version or network. */
    PRODUCT_MISMATCH(true),
    /** The network does not let this version in any more. */
    VERSION_TOO_OLD(true),
    /** The network will not let this version in from some day on. */
    VERSION_DEPRECATED(false),
    /** The license does not have what was tried; the session goes on. */
    FEATURE_NOT_LICENSED(true),
    /** Too much at once: wait. */
    RATE_LIMITED(false),
    /** More users or sessions than the license has. */
    QUOTA_EXCEEDED(false),
    /** The network lets clients in with a license alone. */
    NETWORK_CUTOFF(true),
    /** This installation is refused: it has to register anew, or its attestation is wrong. */
    INSTANCE_BARRED(true),
    /** An access token, or the proof that goes with it, does not hold; a fresh one may. */
    PROOF_INVALID(false),
    /** A proof was used before. */
    PROOF_REPLAYED(false),
    /** What is known of suspended and revoked licenses is old. */
    STATUS_STALE(false),
    /** This machine's clock went back. */
    CLOCK_SUSPECT(false),
    /** Who issues tokens cannot be reached. */
    AUTHORITY_UNREACHABLE(false),
    /** A code of a server newer than this library: {@link LicenseException#wireCode()} has it. */
    UNKNOWN(false);

    private static final Map<String, LicenseCode> NAMED =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(LicenseCode::name, Function.identity()));

    private final boolean terminal;

    LicenseCode(boolean terminal) {
        this.terminal = terminal;
    }

    /** {@return whether trying the same again is of no use, before a person did something} */
    public boolean terminal() {
        return terminal;
    }

    /**
     * {@return the code of a name, or {@link #UNKNOWN}}
     *
     * @param name the name, as a server writes it
     */
    public static LicenseCode named(String name) {
        return NAMED.getOrDefault(name, UNKNOWN);
    }
}
