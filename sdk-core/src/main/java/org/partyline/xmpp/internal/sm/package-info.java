/** Stream management (XEP-0198): its elements, and what is known of a session that can be resumed. */
@NullMarked
package org.partyline.xmpp.internal.sm;

import org.jspecify.annotations.NullMarked;
