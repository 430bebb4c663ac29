/** The front of the transport: how to connect, and what a connection can do. */
@NullMarked
package org.partyline.transport.connection;

import org.jspecify.annotations.NullMarked;
