/** Where a client keeps what is to outlive its process: messages on their way, and what was shown already. */
@NullMarked
package org.partyline.store;

import org.jspecify.annotations.NullMarked;
