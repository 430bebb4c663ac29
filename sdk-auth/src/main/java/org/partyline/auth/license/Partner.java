package org.partyline.auth.license;

import java.net.URI;

/**
 * Who holds a license.
 *
 * @param id the operator's id of the partner: 1 to 64 letters, digits, dots, hyphens and underlines
 * @param name the name, for people
 * @param contact whom to turn to, by https or mailto
 * @param abuse whom to turn to about abuse, likewise
 */
public record Partner(String id, String name, URI contact, URI abuse) {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Partner {
        Documents.id(id);
    }
}
