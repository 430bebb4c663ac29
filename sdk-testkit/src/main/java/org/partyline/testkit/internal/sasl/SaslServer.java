package org.partyline.testkit.internal.sasl;

/** One sign-in by one mechanism. */
public interface SaslServer {

    /**
     * {@return what answers the client's message}
     *
     * @param message what the client sent, decoded from base64
     * @throws SaslFailure if the client may not come in
     */
    SaslStep respond(byte[] message) throws SaslFailure;
}
