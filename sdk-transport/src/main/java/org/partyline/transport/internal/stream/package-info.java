/** The tags that open, close and fail a stream, for every carrier. */
@NullMarked
package org.partyline.transport.internal.stream;

import org.jspecify.annotations.NullMarked;
