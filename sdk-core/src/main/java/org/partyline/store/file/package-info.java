/** A store in files, on H2's MVStore, which the application has to bring along. */
@NullMarked
package org.partyline.store.file;

import org.jspecify.annotations.NullMarked;
