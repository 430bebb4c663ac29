package org.partyline.examples.operator.book;

/** On which side somebody stands. */
public enum Role {
    /** The operator's people. */
    OPERATOR("op"),
    /** The partner that holds or wants a license. */
    PARTNER("partner"),
    /** The operator's machines. */
    AUTOMATIC("auto");

    private final String prefix;

    Role(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }
}
