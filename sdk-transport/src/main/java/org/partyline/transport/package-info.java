/** The transport's entry point. */
@NullMarked
package org.partyline.transport;

import org.jspecify.annotations.NullMarked;
