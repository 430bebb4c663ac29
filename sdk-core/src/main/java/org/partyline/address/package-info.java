/** Addresses of accounts, devices and services (RFC 7622). */
@NullMarked
package org.partyline.address;

import org.jspecify.annotations.NullMarked;
