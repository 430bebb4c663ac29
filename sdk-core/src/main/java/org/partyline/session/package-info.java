/** The state of the connection. */
@NullMarked
package org.partyline.session;

import org.jspecify.annotations.NullMarked;
