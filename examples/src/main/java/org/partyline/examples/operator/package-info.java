/** The operator's side of licensing: {@code ./partyline operator}. */
@NullMarked
package org.partyline.examples.operator;

import org.jspecify.annotations.NullMarked;
