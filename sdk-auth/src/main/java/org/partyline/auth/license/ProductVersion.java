package org.partyline.auth.license;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A version of a product: 1 to 4 numbers of at most 9 digits. What is not there counts as 0, so 4.2 is 4.2.0.
 *
 * @param numbers the numbers, from the weightiest on, without zeros at the end
 */
public record ProductVersion(List<Integer> numbers) implements Comparable<ProductVersion> {
    private static final int MAX_NUMBERS = 4;
    private static final int MAX_DIGITS = 9;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there are none or over 4, or one is below 0 or over 999,999,999
     */
    public ProductVersion {
        if (numbers.isEmpty() || numbers.size() > MAX_NUMBERS) {
            throw new IllegalArgumentException("a version has 1 to 4 numbers");
        }
        for (int number : numbers) {
            if (number < 0 || number > 999_999_999) {
                throw new IllegalArgumentException("a number of a version has 1 to 9 digits");
            }
        }
        int kept = numbers.size();
        while (kept > 1 && numbers.get(kept - 1) == 0) {
            kept--;
        }
        numbers = List.copyOf(numbers.subList(0, kept));
    }

    /**
     * {@return the version of a text}
     *
     * @param text numbers with dots between
     * @throws IllegalArgumentException if it is none
     */
    public static ProductVersion parse(String text) {
        List<Integer> numbers = new ArrayList<>();
        int start = 0;
        while (start <= text.length() && numbers.size() <= MAX_NUMBERS) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            numbers.add(number(text.substring(start, end)));
            start = end + 1;
        }
        return new ProductVersion(numbers);
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a number of a version has 1 to 9 digits");
        }
        return Integer.parseInt(digits);
    }

    @Override
    public int compareTo(ProductVersion other) {
        for (int i = 0; i < MAX_NUMBERS; i++) {
            int compared = Integer.compare(at(i), other.at(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private int at(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }

    @Override
    public String toString() {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
