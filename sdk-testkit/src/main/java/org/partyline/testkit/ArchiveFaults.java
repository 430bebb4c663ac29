package org.partyline.testkit;

import java.util.Objects;
import org.partyline.testkit.internal.fault.PageFaults.Spoiling;
import org.partyline.testkit.internal.xmpp.StanzaCondition;

/**
 * Makes things go wrong with the pages of archives (XEP-0313), for one account or for all, as {@link Faults} says. Where orders
 * for all and for one account meet, that for all is carried out first. Methods may be called by any thread, and return this.
 */
public final class ArchiveFaults {

    /** How a page is spoiled. */
    public enum PageFault {
        /** The page that the account was given before comes again, whatever is asked for. */
        REPEATED,
        /** Nothing comes, and the end is not said to be reached. */
        EMPTY,
        /** The results come in reverse, though nobody asked for that; what is said of them is as it should be. */
        REORDERED
    }

    private final Faults faults;

    ArchiveFaults(Faults faults) {
        this.faults = faults;
    }

    /**
     * Leaves queries unanswered, until {@link #release()} or {@link Faults#clear()}. The first 1,000 are answered then.
     *
     * @return this
     */
    public ArchiveFaults hold() {
        faults.order(plan -> plan.pages().hold());
        return this;
    }

    /**
     * Answers the queries that were held, with what the archive holds now, and holds no more.
     *
     * @return this
     */
    public ArchiveFaults release() {
        faults.order(plan -> plan.pages().release());
        return this;
    }

    /**
     * Refuses the next pages.
     *
     * @param pages how many, at least 1
     * @param condition the error's condition, such as {@code resource-constraint} or {@code item-not-found}
     * @return this
     * @throws IllegalArgumentException if there is no such condition, or {@code pages} is less than 1
     */
    public ArchiveFaults refuse(int pages, String condition) {
        Faults.requirePositive(pages);
        StanzaCondition known = StanzaCondition.of(condition);
        faults.order(plan -> plan.pages().refuse(known, pages));
        return this;
    }

    /**
     * Spoils the next pages that are not refused.
     *
     * @param pages how many, at least 1
     * @param how in which way
     * @return this
     * @throws IllegalArgumentException if {@code pages} is less than 1
     */
    public ArchiveFaults spoil(int pages, PageFault how) {
        Faults.requirePositive(pages);
        Spoiling spoiling = Spoiling.valueOf(Objects.requireNonNull(how, "how").name());
        faults.order(plan -> plan.pages().spoil(spoiling, pages));
        return this;
    }
}
