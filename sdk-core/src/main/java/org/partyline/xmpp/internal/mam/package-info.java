/** Archives of messages (XEP-0313), and what a session that could not be resumed missed. */
@NullMarked
package org.partyline.xmpp.internal.mam;

import org.jspecify.annotations.NullMarked;
