/** Small services: ping, software version, client state. */
@NullMarked
package org.partyline.xmpp.internal.basics;

import org.jspecify.annotations.NullMarked;
