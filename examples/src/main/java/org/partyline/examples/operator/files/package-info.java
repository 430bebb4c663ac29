/** Files and directories that nobody else on the machine may read. */
@NullMarked
package org.partyline.examples.operator.files;

import org.jspecify.annotations.NullMarked;
