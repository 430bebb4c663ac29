package org.partyline.auth.sasl;

import com.ongres.saslprep.SASLprep;
import com.ongres.stringprep.Profile;
import org.partyline.auth.credentials.Credentials;

/** Names and passwords in the form that goes into a proof: SASLprep (RFC 4013), as RFC 5802 and RFC 4616 ask. */
final class Prepared {
    private static final Profile SASLPREP = new SASLprep();

    private Prepared() {}

    /**
     * {@return the user's name, prepared}
     *
     * @throws SaslException if it holds what a name may not
     */
    static String username(String username) throws SaslException {
        try {
            String prepared = SASLPREP.prepareStored(username);
            if (prepared.isEmpty() || prepared.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("empty");
            }
            return prepared;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The latter is what the library throws where nothing is left of a text, soft hyphens alone for instance.
            throw new SaslException(
                    SaslException.Reason.CREDENTIALS_UNUSABLE, "the user name is not allowed by SASLprep (RFC 4013)");
        }
    }

    /**
     * {@return the password, prepared, as UTF-8, for the caller to wipe}
     *
     * @throws SaslException if the supplier fails, or gives what no mechanism can carry; what it threw is not kept, for its
     *     text could hold anything
     */
    static byte[] password(Credentials.Password credentials) throws SaslException {
        char[] given = null;
        char[] prepared = null;
        try {
            given = credentials.read();
            if (given == null || given.length == 0) {
                throw unusable("the credentials' supplier gave no password");
            }
            prepared = prepared(given);
            for (char c : prepared) {
                if (c == '\0') {
                    throw unusable("the password holds a NUL character");
                }
            }
            return Wipe.utf8(prepared);
        } catch (RuntimeException e) {
            throw unusable("the credentials' supplier failed: " + e.getClass().getName());
        } finally {
            Wipe.wipe(given);
            Wipe.wipe(prepared);
        }
    }

    private static char[] prepared(char[] password) throws SaslException {
        try {
            return SASLPREP.prepareStored(password);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unusable("the password holds a character that SASLprep does not allow, or nothing else (RFC 4013)");
        }
    }

    private static SaslException unusable(String message) {
        return new SaslException(SaslException.Reason.CREDENTIALS_UNUSABLE, message);
    }
}
