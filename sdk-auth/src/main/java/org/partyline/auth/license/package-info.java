/**
 * Licenses: what a network allows a partner's product, as signed documents that are verified without a network. A license is no
 * secret; whoever copies it gains nothing. What is found here spares a partner surprises, what is enforced the server enforces.
 */
@NullMarked
package org.partyline.auth.license;

import org.jspecify.annotations.NullMarked;
