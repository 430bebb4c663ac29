/** What is to go wrong: plans that tests write and streams read. */
@NullMarked
package org.partyline.testkit.internal.fault;

import org.jspecify.annotations.NullMarked;
