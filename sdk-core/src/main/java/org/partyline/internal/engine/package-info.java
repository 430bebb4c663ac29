/**
 * What any protocol's session needs, and no protocol's words: the connection's state machine, delays between attempts,
 * requests that await an answer, and the outbox. Everything here lives on one event loop, unless a method says otherwise.
 */
@NullMarked
package org.partyline.internal.engine;

import org.jspecify.annotations.NullMarked;
