package org.partyline.presence;

import org.partyline.address.Jid;

/**
 * The presence of one device changed.
 *
 * @param from the device, or a bare address where the server names none
 * @param presence the presence now
 */
public record PresenceUpdate(Jid from, Presence presence) {}
