/** Names, addresses and errors of XMPP: what every other part of the network speaks in. */
@NullMarked
package org.partyline.testkit.internal.xmpp;

import org.jspecify.annotations.NullMarked;
