/** A chat client for the terminal. */
@NullMarked
package org.partyline.examples.chat;

import org.jspecify.annotations.NullMarked;
