/** The little of HTTP (RFC 9112) and of WebSocket (RFC 6455) that a stream over WebSocket needs, as bytes. */
@NullMarked
package org.partyline.testkit.internal.websocket;

import org.jspecify.annotations.NullMarked;
