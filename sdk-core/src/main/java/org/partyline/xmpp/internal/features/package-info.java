/** Puts the features together. */
@NullMarked
package org.partyline.xmpp.internal.features;

import org.jspecify.annotations.NullMarked;
