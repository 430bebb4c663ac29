/** Certificates and scripted servers for the transport's tests. */
@NullMarked
package org.partyline.transport.internal.testing;

import org.jspecify.annotations.NullMarked;
