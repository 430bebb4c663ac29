package org.partyline.auth.internal.crypto;

/** The two libraries that licenses need, and that an application without one does not have. */
public final class Libraries {
    private static final String[] NEEDED = {
        "org.bouncycastle.math.ec.rfc8032.Ed25519", "com.fasterxml.jackson.core.JsonFactory"
    };

    private static volatile boolean found;

    private Libraries() {}

    /**
     * Says what to add, rather than let a class be missing somewhere within.
     *
     * @throws IllegalStateException if one is not on the class or module path
     */
    public static void require() {
        if (found) {
            return;
        }
        for (String name : NEEDED) {
            try {
                Class.forName(name, false, Libraries.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                throw new IllegalStateException(
                        "a license needs org.bouncycastle:bcprov-jdk18on and com.fasterxml.jackson.core:jackson-core,"
                                + " of which at least one is not on the class or module path",
                        e);
            }
        }
        found = true;
    }
}
