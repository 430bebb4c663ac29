/** Streams of events, with back-pressure. */
@NullMarked
package org.partyline.stream;

import org.jspecify.annotations.NullMarked;
