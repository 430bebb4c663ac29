/** Figures for docs/performance.md: Partyline beside Smack, in the same run, against the same sink. */
@NullMarked
package org.partyline.benchmarks;

import org.jspecify.annotations.NullMarked;
