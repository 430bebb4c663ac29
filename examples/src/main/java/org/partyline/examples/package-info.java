/** The program behind {@code ./partyline}. */
@NullMarked
package org.partyline.examples;

import org.jspecify.annotations.NullMarked;
