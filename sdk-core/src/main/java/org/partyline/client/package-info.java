/** The front door: {@link org.partyline.client.ChatClient}, its waiting twin, and threads to share. */
@NullMarked
package org.partyline.client;

import org.jspecify.annotations.NullMarked;
