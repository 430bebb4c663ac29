package org.partyline.simulation;

/** Hears of the moments between which a process could be killed and leave something else behind. */
interface CrashPoints {
    /** The process may be dead when this returns. */
    void reached(String where);
}
