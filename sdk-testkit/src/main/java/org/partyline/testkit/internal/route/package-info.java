/** Where stanzas go: the rules of RFC 6121, and the requests that the server answers itself. */
@NullMarked
package org.partyline.testkit.internal.route;

import org.jspecify.annotations.NullMarked;
