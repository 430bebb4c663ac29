package org.partyline.interop;

/** What every group of tests is given. */
interface InteropTests {

    /** The server, and what the tests make on it. */
    Interop interop();
}
