/** The inside of the fault proxy: relays, on blocking sockets, and what they watch for. */
@NullMarked
package org.partyline.testkit.internal.proxy;

import org.jspecify.annotations.NullMarked;
