/** Sockets, event loops and name queries on Netty. No other package names a type of Netty's. */
@NullMarked
package org.partyline.transport.internal.netty;

import org.jspecify.annotations.NullMarked;
