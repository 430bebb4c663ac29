/** Plays transcripts on blocking sockets. Knows nothing of XML, so that no mistake of the codec can hide. */
@NullMarked
package org.partyline.testkit.internal.script;

import org.jspecify.annotations.NullMarked;
