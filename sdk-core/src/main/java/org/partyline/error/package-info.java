/** Everything that can go wrong, as typed exceptions. */
@NullMarked
package org.partyline.error;

import org.jspecify.annotations.NullMarked;
