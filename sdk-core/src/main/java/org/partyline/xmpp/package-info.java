/** The XMPP protocol, and the door to raw stanzas. */
@NullMarked
package org.partyline.xmpp;

import org.jspecify.annotations.NullMarked;
