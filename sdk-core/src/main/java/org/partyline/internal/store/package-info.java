/** The queue in front of a store, so that nobody waits for a disk who should not. */
@NullMarked
package org.partyline.internal.store;

import org.jspecify.annotations.NullMarked;
