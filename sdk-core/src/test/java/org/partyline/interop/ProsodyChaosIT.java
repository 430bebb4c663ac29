package org.partyline.interop;

/** Chaos on Prosody. */
class ProsodyChaosIT extends ChaosSuite {
    @Override
    RealServer startServer() {
        return Prosody.start(HIBERNATION);
    }
}
