/** What the network knows of an account: contacts, block list, waiting messages, and the sessions that are online. */
@NullMarked
package org.partyline.testkit.internal.account;

import org.jspecify.annotations.NullMarked;
