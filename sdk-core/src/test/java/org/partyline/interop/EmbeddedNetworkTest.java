package org.partyline.interop;

/** The interop suite on the network of the testkit. */
class EmbeddedNetworkTest extends InteropSuite {
    @Override
    InteropServer startServer() {
        return new EmbeddedNetwork();
    }
}
