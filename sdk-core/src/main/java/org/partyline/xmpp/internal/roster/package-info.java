/** The contact list (RFC 6121 section 2). */
@NullMarked
package org.partyline.xmpp.internal.roster;

import org.jspecify.annotations.NullMarked;
