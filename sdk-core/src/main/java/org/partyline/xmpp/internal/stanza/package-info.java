/** Stanzas, and what a feature sees of the session. */
@NullMarked
package org.partyline.xmpp.internal.stanza;

import org.jspecify.annotations.NullMarked;
