package org.partyline.auth.license;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The versions that a license is for, such as {@code >=4.2.0 <6.0.0}.
 *
 * @param bounds all of which a version keeps; at least one, at most 8
 */
public record VersionRange(List<Bound> bounds) {
    private static final int MAX_BOUNDS = 8;

    /** How a version compares with the one of a bound. */
    public enum Comparison {
        /** As low or higher. */
        AT_LEAST(">="),
        /** As high or lower. */
        AT_MOST("<="),
        /** Higher. */
        ABOVE(">"),
        /** Lower. */
        BELOW("<"),
        /** The same. */
        EXACTLY("=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private boolean holds(int compared) {
            return switch (this) {
                case AT_LEAST -> compared >= 0;
                case AT_MOST -> compared <= 0;
                case ABOVE -> compared > 0;
                case BELOW -> compared < 0;
                case EXACTLY -> compared == 0;
            };
        }
    }

    /**
     * One bound.
     *
     * @param comparison how a version has to compare
     * @param version with which
     */
    public record Bound(Comparison comparison, ProductVersion version) {
        @Override
        public String toString() {
            return comparison.sign + version;
        }
    }

    /**
     * Checks the number of bounds.
     *
     * @throws IllegalArgumentException if there are none or over 8
     */
    public VersionRange {
        if (bounds.isEmpty() || bounds.size() > MAX_BOUNDS) {
            throw new IllegalArgumentException("a range of versions has 1 to 8 bounds");
        }
        bounds = List.copyOf(bounds);
    }

    /**
     * {@return the range of a text}
     *
     * @param text bounds with a space between, each of a sign ({@code >=}, {@code <=}, {@code >}, {@code <} or {@code =}) and a
     *     version
     * @throws IllegalArgumentException if it is none
     */
    public static VersionRange parse(String text) {
        List<Bound> bounds = new ArrayList<>();
        int start = 0;
        while (start <= text.length() && bounds.size() <= MAX_BOUNDS) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            bounds.add(bound(text.substring(start, end)));
            start = end + 1;
        }
        return new VersionRange(bounds);
    }

    private static Bound bound(String text) {
        // In their order, signs of two characters come before those of one that they begin with.
        for (Comparison each : Comparison.values()) {
            if (text.startsWith(each.sign)) {
                return new Bound(each, ProductVersion.parse(text.substring(each.sign.length())));
            }
        }
        throw new IllegalArgumentException("a bound of versions begins with how they compare");
    }

    /**
     * {@return whether a version keeps all bounds}
     *
     * @param version the version
     */
    public boolean contains(ProductVersion version) {
        return bounds.stream().allMatch(bound -> bound.comparison.holds(version.compareTo(bound.version)));
    }

    @Override
    public String toString() {
        return bounds.stream().map(Bound::toString).collect(Collectors.joining(" "));
    }
}
