/**
 * What travels: access tokens, what a partner attests of an installation, and the proofs that who shows either has its key.
 * Clients make proofs, servers verify them.
 */
@NullMarked
package org.partyline.auth.license.token;

import org.jspecify.annotations.NullMarked;
