package org.partyline.testkit.internal.proxy;

/** Which way bytes go. */
public enum FaultWay {
    /** From the client to the server. */
    TO_SERVER,
    /** From the server to the client. */
    TO_CLIENT
}
