/** Service discovery and entity capabilities (XEP-0030, XEP-0115). */
@NullMarked
package org.partyline.xmpp.internal.disco;

import org.jspecify.annotations.NullMarked;
