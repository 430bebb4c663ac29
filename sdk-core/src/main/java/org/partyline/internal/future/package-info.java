/** Futures that complete on two clocks: the loop's and the application's. */
@NullMarked
package org.partyline.internal.future;

import org.jspecify.annotations.NullMarked;
