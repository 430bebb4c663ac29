/** Copies of what other devices send and get (XEP-0280). */
@NullMarked
package org.partyline.xmpp.internal.carbons;

import org.jspecify.annotations.NullMarked;
