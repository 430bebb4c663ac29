/** TLS settings and the identity check of RFC 9525. */
@NullMarked
package org.partyline.transport.tls;

import org.jspecify.annotations.NullMarked;
