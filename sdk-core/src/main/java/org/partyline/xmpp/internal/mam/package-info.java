/** Archives on the wire (XEP-0313). */
@NullMarked
package org.partyline.xmpp.internal.mam;

import org.jspecify.annotations.NullMarked;
