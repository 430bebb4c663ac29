package org.partyline.examples.operator.book;

/**
 * How much a license allows.
 *
 * @param number from 0
 */
public record Tier(int number) implements Comparable<Tier> {
    private static final Tier TWO_PERSONS = new Tier(2);
    private static final Tier HIGHEST_OF_EMBEDDED = new Tier(1);

    /** Checks the number. */
    public Tier {
        if (number < 0 || number > 9) {
            throw new IllegalArgumentException("tiers are t0 to t9");
        }
    }

    /**
     * {@return the tier of a text}
     *
     * @param text such as {@code t2}
     * @throws IllegalArgumentException if it is none
     */
    public static Tier parse(String text) {
        if (!text.matches("t[0-9]")) {
            throw new IllegalArgumentException("tiers are t0 to t9");
        }
        return new Tier(text.charAt(1) - '0');
    }

    /** {@return whether it takes two persons to grant it} */
    public boolean needsTwo() {
        return compareTo(TWO_PERSONS) >= 0;
    }

    /** {@return whether a product without a backend of its own may have it: whoever has such a product can pose as it} */
    boolean suitsEmbedded() {
        return compareTo(HIGHEST_OF_EMBEDDED) <= 0;
    }

    @Override
    public int compareTo(Tier other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "t" + number;
    }
}
