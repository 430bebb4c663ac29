/** The throw-away certificate authority, and the server's side of TLS. */
@NullMarked
package org.partyline.testkit.internal.tls;

import org.jspecify.annotations.NullMarked;
