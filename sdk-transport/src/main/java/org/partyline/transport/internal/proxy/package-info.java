/** What is said to a proxy before the tunnel is open, as bytes, without a socket. */
@NullMarked
package org.partyline.transport.internal.proxy;

import org.jspecify.annotations.NullMarked;
