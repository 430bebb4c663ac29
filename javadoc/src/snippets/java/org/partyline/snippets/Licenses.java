package org.partyline.snippets;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.partyline.auth.license.License;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.Product;
import org.partyline.auth.license.PublicJwk;
import org.partyline.auth.license.TrustRoots;

/** A license, and whether a product may go to a network with it. */
final class Licenses {
    private Licenses() {}

    static void load(String currentRoot, String nextRoot) throws IOException, LicenseException {
        // @start region="load"
        TrustRoots roots = TrustRoots.of(PublicJwk.parse(currentRoot), PublicJwk.parse(nextRoot));
        License license = License.load(Path.of("acme-desk.license"), roots);
        license.check(Product.of("acme-desk", "4.3.1"), "xmpp:net.example", Instant.now());
        // @end
    }
}
