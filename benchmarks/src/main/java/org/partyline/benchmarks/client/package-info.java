/** The clients that are measured. */
@NullMarked
package org.partyline.benchmarks.client;

import org.jspecify.annotations.NullMarked;
