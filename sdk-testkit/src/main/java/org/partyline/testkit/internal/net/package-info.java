/** Sockets: listeners, the handlers between socket and stream, and the one loop that owns all state. */
@NullMarked
package org.partyline.testkit.internal.net;

import org.jspecify.annotations.NullMarked;
