/** What commands tell: people in lines, programs in JSON. */
@NullMarked
package org.partyline.examples.operator.output;

import org.jspecify.annotations.NullMarked;
