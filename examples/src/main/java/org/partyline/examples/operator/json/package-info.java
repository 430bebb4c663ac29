/** Strict, bounded JSON: one text for each value, and no value with two meanings. */
@NullMarked
package org.partyline.examples.operator.json;

import org.jspecify.annotations.NullMarked;
