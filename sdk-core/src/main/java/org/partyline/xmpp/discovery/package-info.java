/** What others on an XMPP network are and can do (XEP-0030, XEP-0092). */
@NullMarked
package org.partyline.xmpp.discovery;

import org.jspecify.annotations.NullMarked;
