/** Key derivation whose buffers can be wiped. */
@NullMarked
package org.partyline.auth.internal.crypto;

import org.jspecify.annotations.NullMarked;
