/** What went over the wire, for support, without what is secret. */
@NullMarked
package org.partyline.trace;

import org.jspecify.annotations.NullMarked;
