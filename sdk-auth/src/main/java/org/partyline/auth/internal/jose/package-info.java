/** The little of JOSE that licenses need (RFC 7515, 7517, 7638, 8037): compact signatures by two algorithms, and strict JSON. */
@NullMarked
package org.partyline.auth.internal.jose;

import org.jspecify.annotations.NullMarked;
