package org.partyline.examples.operator.book;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.function.Predicate;

/** Names for new licenses and partners: short, without letters that look like digits, and not to be foreseen. */
public final class Ids {
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /**
     * {@return a license's id}
     *
     * @param taken whether there is one of an id
     */
    public static String license(Predicate<String> taken) {
        String id;
        do {
            id = "lic_" + letters();
        } while (taken.test(id));
        return id;
    }

    /**
     * {@return a partner's id}
     *
     * @param taken whether there is one of an id
     */
    public static String partner(Predicate<String> taken) {
        String id;
        do {
            id = "ptn_" + letters().toLowerCase(Locale.ROOT);
        } while (taken.test(id));
        return id;
    }

    private static String letters() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            letters.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }
}
