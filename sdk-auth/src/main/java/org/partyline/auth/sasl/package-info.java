/** SASL mechanisms of a client: choosing one, and running it (RFC 4422). */
@NullMarked
package org.partyline.auth.sasl;

import org.jspecify.annotations.NullMarked;
