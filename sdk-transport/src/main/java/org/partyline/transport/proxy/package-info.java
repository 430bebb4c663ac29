/** The proxy that connections go through. */
@NullMarked
package org.partyline.transport.proxy;

import org.jspecify.annotations.NullMarked;
