package org.partyline.examples.text;

/**
 * Colors text, or leaves it as it is.
 *
 * @param colored whether there are colors
 */
public record Palette(boolean colored) {

    /** {@return the text in the tone's color} */
    public String paint(Tone tone, String text) {
        return colored && tone != Tone.PLAIN && !text.isEmpty()
                ? "\u001B[" + tone.code() + "m" + text + "\u001B[0m"
                : text;
    }
}
