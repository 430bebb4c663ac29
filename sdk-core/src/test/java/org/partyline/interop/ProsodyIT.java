package org.partyline.interop;

/** The interop suite on Prosody. */
class ProsodyIT extends InteropSuite {
    @Override
    InteropServer startServer() {
        return Prosody.start();
    }
}
