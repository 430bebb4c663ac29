/** The operator's side, and for attestations the partner's: keys by family, and all documents and tokens that they sign. */
@NullMarked
package org.partyline.auth.license.issue;

import org.jspecify.annotations.NullMarked;
