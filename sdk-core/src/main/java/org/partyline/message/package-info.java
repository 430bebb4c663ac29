/** Messages: sending, receiving, receipts, chat states. */
@NullMarked
package org.partyline.message;

import org.jspecify.annotations.NullMarked;
