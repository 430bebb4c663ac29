/** Keeps the last of what went over the wire, without what is secret. */
@NullMarked
package org.partyline.xmpp.internal.trace;

import org.jspecify.annotations.NullMarked;
