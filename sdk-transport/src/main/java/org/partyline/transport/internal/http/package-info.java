/** The little of HTTP/1.1 and RFC 6455 that XMPP over WebSocket needs: heads, frames, host-meta. Knows no socket. */
@NullMarked
package org.partyline.transport.internal.http;

import org.jspecify.annotations.NullMarked;
