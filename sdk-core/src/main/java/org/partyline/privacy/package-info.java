/** Whom this account does not want to hear from. */
@NullMarked
package org.partyline.privacy;

import org.jspecify.annotations.NullMarked;
