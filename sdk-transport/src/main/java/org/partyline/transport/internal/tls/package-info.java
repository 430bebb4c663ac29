/** Client-side TLS: contexts, the trust decision, and the identity check of RFC 9525. */
@NullMarked
package org.partyline.transport.internal.tls;

import org.jspecify.annotations.NullMarked;
