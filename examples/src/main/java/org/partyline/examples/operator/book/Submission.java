package org.partyline.examples.operator.book;

import java.util.List;

/**
 * What of an application the book has to know. The form itself lies beside the log, under its digest.
 *
 * @param organization who applies
 * @param product the product's id
 * @param form the form's digest
 * @param keys the thumbprints of the partner's keys (RFC 7638)
 */
public record Submission(String organization, String product, String form, List<String> keys) {
    /** Copies the keys. */
    public Submission {
        keys = List.copyOf(keys);
    }
}
