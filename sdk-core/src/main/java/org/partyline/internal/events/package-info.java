/** The machinery behind event streams. */
@NullMarked
package org.partyline.internal.events;

import org.jspecify.annotations.NullMarked;
