/** A fast XMPP server that swallows, floods and echoes, so that the client is what is measured. */
@NullMarked
package org.partyline.benchmarks.sink;

import org.jspecify.annotations.NullMarked;
