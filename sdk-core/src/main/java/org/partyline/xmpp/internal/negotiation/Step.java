package org.partyline.xmpp.internal.negotiation;

import org.partyline.transport.xml.XmlElement;

/** One part of a negotiation. Steps live on the loop, and are used once. */
interface Step {

    /** {@return what it waits for, for people} */
    String awaited();

    /** Begins: writes what this step says first. */
    void start();

    /**
     * Takes what the server sent.
     *
     * @param element a top-level element, never a stream error
     */
    void onElement(XmlElement element);

    /** {@return whether it asked the server for something that had not been offered} */
    default boolean isUnasked() {
        return false;
    }

    /** The negotiation has ended, in whatever way: lets go of what the step holds. */
    default void end() {}
}
