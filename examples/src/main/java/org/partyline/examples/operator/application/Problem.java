package org.partyline.examples.operator.application;

/**
 * Something that is wrong with an application.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the whole
 * @param message what is wrong there
 */
public record Problem(String pointer, String message) {

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the application" : pointer) + ": " + message;
    }
}
