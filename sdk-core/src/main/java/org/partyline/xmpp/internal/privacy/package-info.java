/** The block list (XEP-0191). */
@NullMarked
package org.partyline.xmpp.internal.privacy;

import org.jspecify.annotations.NullMarked;
