package org.partyline.interop;

/** The interop suite on ejabberd. */
class EjabberdIT extends InteropSuite {
    @Override
    InteropServer startServer() {
        return Ejabberd.start();
    }
}
