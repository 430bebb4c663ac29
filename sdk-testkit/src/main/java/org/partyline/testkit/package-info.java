/** A network in the same process, for tests and demos. */
@NullMarked
package org.partyline.testkit;

import org.jspecify.annotations.NullMarked;
