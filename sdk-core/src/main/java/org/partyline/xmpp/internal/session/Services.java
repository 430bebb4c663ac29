package org.partyline.xmpp.internal.session;

import java.util.List;
import java.util.function.Consumer;
import org.partyline.archive.MessageArchive;
import org.partyline.message.Messages;
import org.partyline.presence.PresenceService;
import org.partyline.privacy.BlockList;
import org.partyline.roster.Roster;
import org.partyline.xmpp.internal.stanza.Feature;

/**
 * The features of a session, and what the application sees of them.
 *
 * @param features all features, in the order in which they hear of things
 * @param messages messages
 * @param presence presence
 * @param roster the contact list
 * @param blockList the block list
 * @param archive archives of messages
 * @param active tells the server whether the user looks at the application
 * @param door what {@link XmppSession#extension} gives out
 */
public record Services(
        List<Feature> features,
        Messages messages,
        PresenceService presence,
        Roster roster,
        BlockList blockList,
        MessageArchive archive,
        Consumer<Boolean> active,
        Object door) {}
