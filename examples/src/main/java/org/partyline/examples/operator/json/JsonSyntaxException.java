package org.partyline.examples.operator.json;

/** A text is not JSON, or is beyond a bound; the message says where, and quotes nothing. */
public final class JsonSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String message) {
        super(message);
    }
}
