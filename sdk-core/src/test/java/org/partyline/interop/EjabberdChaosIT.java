package org.partyline.interop;

/** Chaos on ejabberd. */
class EjabberdChaosIT extends ChaosSuite {
    @Override
    RealServer startServer() {
        return Ejabberd.start(HIBERNATION);
    }
}
