/** What both commands print: colors, wrapping, foreign text made harmless, failures explained. */
@NullMarked
package org.partyline.examples.text;

import org.jspecify.annotations.NullMarked;
