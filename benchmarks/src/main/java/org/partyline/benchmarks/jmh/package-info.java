/** Micro-benchmarks of the codec. */
@NullMarked
package org.partyline.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
