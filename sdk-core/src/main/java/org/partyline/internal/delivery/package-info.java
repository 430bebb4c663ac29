/** How far sent messages have come: their states, what is stored of them, and who hears of it. Knows no protocol. */
@NullMarked
package org.partyline.internal.delivery;

import org.jspecify.annotations.NullMarked;
