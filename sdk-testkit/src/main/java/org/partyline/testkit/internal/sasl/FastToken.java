package org.partyline.testkit.internal.sasl;

import java.time.Instant;

/** A token that stands for a password (XEP-0484). */
public final class FastToken {
    private final String secret;
    private final String mechanism;
    private final Instant issued;
    private Instant expiry;
    private long count;

    /**
     * Makes a token that nobody has used.
     *
     * @param secret what is told to the client alone
     * @param mechanism the mechanism that it is for, and no other
     * @param issued when it was made
     * @param expiry when it stops being valid
     */
    public FastToken(String secret, String mechanism, Instant issued, Instant expiry) {
        this.secret = secret;
        this.mechanism = mechanism;
        this.issued = issued;
        this.expiry = expiry;
    }

    public String secret() {
        return secret;
    }

    public String mechanism() {
        return mechanism;
    }

    public Instant issued() {
        return issued;
    }

    public Instant expiry() {
        return expiry;
    }

    /** Ends its time. */
    public void expire() {
        expiry = Instant.EPOCH;
    }

    /** {@return whether a client's count is new} What was seen before is a replay (XEP-0484 section 3.3). */
    boolean isNew(long attempt) {
        return attempt > count;
    }

    void count(long attempt) {
        count = attempt;
    }

    @Override
    public String toString() {
        return "FastToken[" + mechanism + ", until " + expiry + ", ***]";
    }
}
