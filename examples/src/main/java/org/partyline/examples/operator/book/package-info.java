/** Where each license stands: the fold over the audit log, and the only way to add to it. */
@NullMarked
package org.partyline.examples.operator.book;

import org.jspecify.annotations.NullMarked;
