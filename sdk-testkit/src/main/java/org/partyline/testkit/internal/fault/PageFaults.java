package org.partyline.testkit.internal.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.StanzaCondition;

/** What goes wrong with the pages of archives (XEP-0313). Belongs to the network's loop. */
public final class PageFaults {
    /** Queries that may be held; more are forgotten. */
    private static final int MAX_HELD = 1_000;

    /** How a page is spoiled. */
    public enum Spoiling {
        /** The page before comes again, whatever was asked for. */
        REPEATED,
        /** Nothing comes, and the end is not said to be reached. */
        EMPTY,
        /** The results come in reverse, though nobody asked for that. */
        REORDERED
    }

    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean holding;
    private @Nullable StanzaCondition refusal;
    private int refused;
    private @Nullable Spoiling spoiling;
    private int spoiled;

    /** Leaves queries unanswered until they are released. */
    public void hold() {
        holding = true;
    }

    /** Answers the queries that were held, and holds no more. */
    public void release() {
        holding = false;
        Deque<Runnable> released = new ArrayDeque<>(held);
        held.clear();
        released.forEach(Runnable::run);
    }

    /** Refuses the next pages. */
    public void refuse(StanzaCondition condition, int pages) {
        refusal = condition;
        refused = pages;
    }

    /** Spoils the next pages. */
    public void spoil(Spoiling how, int pages) {
        spoiling = how;
        spoiled = pages;
    }

    /** Takes every order back, and answers what was held. */
    public void clear() {
        refused = 0;
        spoiled = 0;
        release();
    }

    /**
     * {@return whether a query is held}
     *
     * @param answer answers it, once it is released
     */
    public boolean holds(Runnable answer) {
        if (holding && held.size() < MAX_HELD) {
            held.add(answer);
        }
        return holding;
    }

    /** {@return why this page is refused, or null if it is not; counts} */
    public @Nullable StanzaCondition takeRefusal() {
        return refused > 0 && refused-- > 0 ? refusal : null;
    }

    /** {@return how this page is spoiled, or null if it is not; counts} */
    public @Nullable Spoiling takeSpoiling() {
        return spoiled > 0 && spoiled-- > 0 ? spoiling : null;
    }
}
