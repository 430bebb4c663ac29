/**
 * From an open connection to a session: TLS, sign-in, and binding or resuming (RFC 6120 sections 4 to 7, XEP-0198). Each
 * part is a step, and the features that the server offers say which step is next.
 */
@NullMarked
package org.partyline.xmpp.internal.negotiation;

import org.jspecify.annotations.NullMarked;
