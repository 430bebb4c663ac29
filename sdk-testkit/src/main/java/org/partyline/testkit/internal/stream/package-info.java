/** The server's side of a stream, without any network: negotiation, and what carries stanzas afterwards. */
@NullMarked
package org.partyline.testkit.internal.stream;

import org.jspecify.annotations.NullMarked;
