/** The contact list. */
@NullMarked
package org.partyline.roster;

import org.jspecify.annotations.NullMarked;
