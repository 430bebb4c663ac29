/** Names and the order of services: everything about DNS that needs no socket. */
@NullMarked
package org.partyline.transport.internal.dns;

import org.jspecify.annotations.NullMarked;
