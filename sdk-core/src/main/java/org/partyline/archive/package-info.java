/** What was said before: the server's archive of messages. */
@NullMarked
package org.partyline.archive;

import org.jspecify.annotations.NullMarked;
