package org.partyline.interop;

import org.partyline.address.Jid;

/** An account that a test made for itself. */
record Account(Jid jid, String password) {}
