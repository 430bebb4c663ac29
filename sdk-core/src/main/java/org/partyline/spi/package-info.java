/** What a wire protocol implements. */
@NullMarked
package org.partyline.spi;

import org.jspecify.annotations.NullMarked;
