/** The server's side of SASL. Written apart from the client's, so that a mistake is not shared by both ends. */
@NullMarked
package org.partyline.testkit.internal.sasl;

import org.jspecify.annotations.NullMarked;
