package org.partyline.examples.operator.application;

import java.util.List;

/**
 * What becomes of a member of the form.
 *
 * @param license the members of the license that it becomes; none if only the reviewer sees it
 * @param note for the reviewer: what it is good for
 */
public record Target(List<String> license, String note) {
    /** Copies the names. */
    public Target {
        license = List.copyOf(license);
    }

    static Target license(String... members) {
        return new Target(List.of(members), "");
    }

    static Target review(String note) {
        return new Target(List.of(), note);
    }

    /** {@return whether only the reviewer sees it} */
    public boolean reviewOnly() {
        return license.isEmpty();
    }
}
