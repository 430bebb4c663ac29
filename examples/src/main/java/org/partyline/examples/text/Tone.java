package org.partyline.examples.text;

/** How a piece of text is meant; {@link Palette} says which color that is. */
public enum Tone {
    /** As it is. */
    PLAIN("0"),
    /** Of little weight. */
    FAINT("2"),
    /** A heading. */
    TITLE("1"),
    /** It went well. */
    GOOD("32"),
    /** It failed. */
    BAD("31"),
    /** Wants to be noticed. */
    NOTICE("33"),
    /** By the user. */
    OWN("36"),
    /** By somebody else. */
    THEIRS("35");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
