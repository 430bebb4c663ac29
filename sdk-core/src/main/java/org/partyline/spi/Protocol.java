package org.partyline.spi;

/** A wire protocol: what {@code ChatClient} runs on. Immutable, and can serve many clients. */
public interface Protocol {

    /** {@return the protocol's name, for people} */
    String name();

    /**
     * Makes the session of one client. Nothing is sent yet.
     *
     * @param settings what the client was built with
     * @return the session
     * @throws IllegalArgumentException if a setting does not fit the protocol
     */
    ProtocolSession open(SessionSettings settings);
}
