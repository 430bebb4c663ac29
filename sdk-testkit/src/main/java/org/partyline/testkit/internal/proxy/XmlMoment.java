package org.partyline.testkit.internal.proxy;

/**
 * A place in a stream of XML in the clear.
 *
 * @param element the local name of a child of the stream's root, such as a stanza
 * @param place where in it
 */
public record XmlMoment(String element, Place place) implements Moment {
    /** Where in an element something is to happen. */
    public enum Place {
        /** Within its first tag, behind its name. */
        INSIDE,
        /** Between its last byte and the next. */
        BEHIND
    }

    @Override
    public String toString() {
        return place + " " + element;
    }
}
