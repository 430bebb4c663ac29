package org.partyline.simulation;

import java.util.List;

/** What a library of its own is asked. */
public final class SimulatedSeeds {
    private SimulatedSeeds() {}

    /** {@return what was not as promised with a seed} */
    public static List<String> violations(long seed, int messages, int faults) {
        return new Simulation(seed).run(messages, faults).violations();
    }
}
