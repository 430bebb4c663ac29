/** The front door. */
@NullMarked
package org.partyline.client;

import org.jspecify.annotations.NullMarked;
