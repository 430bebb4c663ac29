/** XML streams: a byte guard, an incremental reader, immutable elements and one writer (RFC 6120 section 11). */
@NullMarked
package org.partyline.transport.xml;

import org.jspecify.annotations.NullMarked;
