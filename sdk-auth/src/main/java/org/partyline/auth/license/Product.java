package org.partyline.auth.license;

/**
 * A product as it runs: which, and in what version.
 *
 * @param id the product's id, as its license has it
 * @param version its version
 */
public record Product(String id, ProductVersion version) {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is none: 1 to 64 letters, digits, dots, hyphens and underlines
     */
    public Product {
        Documents.id(id);
    }

    /**
     * {@return a product}
     *
     * @param id its id, as its license has it
     * @param version its version, such as {@code 4.3.1}
     * @throws IllegalArgumentException if either is none
     */
    public static Product of(String id, String version) {
        return new Product(id, ProductVersion.parse(version));
    }

    /**
     * {@return the product of its text}
     *
     * @param text id and version with a slash between
     * @throws IllegalArgumentException if it is none
     */
    public static Product parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a product is written as id/version");
        }
        return of(text.substring(0, slash), text.substring(slash + 1));
    }

    /** {@return id and version with a slash between, as tokens carry it} */
    @Override
    public String toString() {
        return id + "/" + version;
    }
}
