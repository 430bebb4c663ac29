/** What a partner fills in, checked, and what of it becomes part of a license. */
@NullMarked
package org.partyline.examples.operator.application;

import org.jspecify.annotations.NullMarked;
