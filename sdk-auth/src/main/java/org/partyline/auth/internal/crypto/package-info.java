/** Key derivation whose buffers can be wiped, and the signatures of licenses, on Bouncy Castle's lightweight API. */
@NullMarked
package org.partyline.auth.internal.crypto;

import org.jspecify.annotations.NullMarked;
