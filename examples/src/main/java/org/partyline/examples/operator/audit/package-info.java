/** What happened, in order: a log that is only ever added to, and whose every line vouches for the one before. */
@NullMarked
package org.partyline.examples.operator.audit;

import org.jspecify.annotations.NullMarked;
