/** What the codec does with stanzas that are made to be as dear as may be. */
@NullMarked
package org.partyline.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
