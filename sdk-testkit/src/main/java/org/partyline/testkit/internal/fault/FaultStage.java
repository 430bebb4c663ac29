package org.partyline.testkit.internal.fault;

/** Moments of a sign-in at which the server can stop; the public enum of the same constants documents them. */
public enum FaultStage {
    TLS_HANDSHAKE,
    STREAM_FEATURES,
    SASL_CHALLENGE,
    SASL_SUCCESS,
    BIND,
    RESUME
}
