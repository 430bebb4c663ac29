/** What proves who signs in. */
@NullMarked
package org.partyline.auth.credentials;

import org.jspecify.annotations.NullMarked;
