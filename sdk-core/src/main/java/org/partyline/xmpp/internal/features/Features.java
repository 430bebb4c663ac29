package org.partyline.xmpp.internal.features;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.partyline.roster.Contact;
import org.partyline.roster.Subscription;
import org.partyline.xmpp.internal.basics.BasicsFeature;
import org.partyline.xmpp.internal.basics.ClientStateFeature;
import org.partyline.xmpp.internal.carbons.CarbonsFeature;
import org.partyline.xmpp.internal.disco.DiscoFeature;
import org.partyline.xmpp.internal.mam.CatchUpFeature;
import org.partyline.xmpp.internal.mam.MamFeature;
import org.partyline.xmpp.internal.message.MessageFeature;
import org.partyline.xmpp.internal.presence.PresenceFeature;
import org.partyline.xmpp.internal.privacy.BlockListFeature;
import org.partyline.xmpp.internal.roster.RosterFeature;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaSession;

/**
 * All features of a session, put together: the one place where they meet.
 *
 * @param roster the contact list
 * @param presence presence and subscriptions
 * @param messages messages
 * @param blockList the block list
 * @param discovery service discovery
 * @param basics ping and software version
 * @param clientState whether the user looks at the application
 * @param carbons copies of messages of other devices
 * @param catchUp what a session missed that could not be resumed
 * @param archive archives of messages
 */
public record Features(
        RosterFeature roster,
        PresenceFeature presence,
        MessageFeature messages,
        BlockListFeature blockList,
        DiscoFeature discovery,
        BasicsFeature basics,
        ClientStateFeature clientState,
        CarbonsFeature carbons,
        CatchUpFeature catchUp,
        MamFeature archive) {
    private static final String CARBONS = "urn:xmpp:carbons:2";
    private static final String BLOCKING = "urn:xmpp:blocking";
    private static final String CHAT_STATES = "http://jabber.org/protocol/chatstates";

    /**
     * {@return the features of one session}
     *
     * @param session the session
     * @param discoFeatures what the routes were told that this client can do
     */
    public static Features assemble(StanzaSession session, Supplier<Set<String>> discoFeatures) {
        DiscoFeature discovery = new DiscoFeature(session, discoFeatures);
        PresenceFeature presence = new PresenceFeature(session, discovery::capabilities);
        RosterFeature roster = new RosterFeature(session, presence::requestPresence);
        CatchUpFeature catchUp = new CatchUpFeature(session, discovery::accountHas);
        MessageFeature messages = new MessageFeature(
                session,
                peer -> roster.contact(peer).map(Features::maySeePresence).orElse(false)
                        || peer.bare().equals(session.account()),
                peer -> !peer.isBare() && discovery.knownWithout(peer, CHAT_STATES),
                new MessageFeature.Archive(catchUp::marker, catchUp::handedOn, catchUp.reports()));
        MamFeature archive = new MamFeature(session, discovery::featuresOf, messages::read);
        catchUp.connect(messages.catchUpTarget(), archive);
        CarbonsFeature carbons = new CarbonsFeature(
                session,
                () -> discovery.serverHas(CARBONS),
                copy -> messages.accept(copy, MessageFeature.Way.COPY_OF_RECEIVED),
                copy -> messages.accept(copy, MessageFeature.Way.COPY_OF_SENT));
        BlockListFeature blockList = new BlockListFeature(session, () -> discovery.serverHas(BLOCKING));
        return new Features(
                roster,
                presence,
                messages,
                blockList,
                discovery,
                new BasicsFeature(session),
                new ClientStateFeature(session),
                carbons,
                catchUp,
                archive);
    }

    private static boolean maySeePresence(Contact contact) {
        return contact.subscription() == Subscription.FROM || contact.subscription() == Subscription.BOTH;
    }

    /**
     * {@return the features in the order in which they hear of things: the roster is asked for before presence is sent
     * (RFC 6121 section 2.2), what arrives waits for the archive before presence makes it come, and carbons and results of
     * archives are seen before they count as messages}
     */
    public List<Feature> inOrder() {
        return List.of(
                discovery, basics, roster, catchUp, presence, carbons, archive, messages, blockList, clientState);
    }
}
