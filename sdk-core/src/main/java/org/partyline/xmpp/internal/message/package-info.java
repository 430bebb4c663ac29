/** Messages, receipts and chat states. */
@NullMarked
package org.partyline.xmpp.internal.message;

import org.jspecify.annotations.NullMarked;
