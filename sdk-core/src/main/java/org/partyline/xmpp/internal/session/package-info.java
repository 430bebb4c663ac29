/** The session of one client over XMPP: what puts engine, negotiation, stream management and features together. */
@NullMarked
package org.partyline.xmpp.internal.session;

import org.jspecify.annotations.NullMarked;
