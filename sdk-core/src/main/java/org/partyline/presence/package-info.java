/** Presence and subscriptions. */
@NullMarked
package org.partyline.presence;

import org.jspecify.annotations.NullMarked;
