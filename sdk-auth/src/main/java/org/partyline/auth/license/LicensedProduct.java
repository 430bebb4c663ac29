package org.partyline.auth.license;

import java.util.List;

/**
 * What a license is for.
 *
 * @param id the product's id: 1 to 64 letters, digits, dots, hyphens and underlines
 * @param name its name, for people
 * @param versions its versions
 * @param platforms what it runs on, such as {@code jvm}
 */
public record LicensedProduct(String id, String name, VersionRange versions, List<String> platforms) {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is none
     */
    public LicensedProduct {
        Documents.id(id);
        platforms = List.copyOf(platforms);
    }
}
