package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.presence.Availability;
import org.partyline.presence.Presence;
import org.partyline.presence.PresenceUpdate;
import org.partyline.presence.SubscriptionRequest;
import org.partyline.roster.Contact;
import org.partyline.roster.RosterChange;
import org.partyline.roster.Subscription;

/** The contact list, subscriptions and presence (RFC 6121 sections 2 to 4), and the block list (XEP-0191). */
interface ContactTests extends InteropTests {

    @Test
    default void roster_addRenameRemove_reachesEveryDevice() {
        Account account = interop().account("juliet");
        Jid nurse = interop().account("nurse").jid();
        ChatClient phone = interop().online(account);
        ChatClient desk = interop().online(account);
        EventLog<RosterChange> seen = EventLog.of(desk.roster().changes());

        Interop.await(phone.roster().save(nurse, "Nurse", List.of("Household")));
        Contact added = seen.await("added", change -> change.kind() == RosterChange.Kind.ADDED)
                .contact();
        Interop.await(phone.roster().save(nurse, "Angelica", List.of("Friends", "Verona ♥")));
        Contact changed = seen.await("renamed", change -> change.kind() == RosterChange.Kind.UPDATED)
                .contact();
        Interop.await(phone.roster().remove(nurse));
        seen.await("removed", change -> change.kind() == RosterChange.Kind.REMOVED);

        assertEquals("Nurse", added.displayName());
        assertEquals(Set.of("Household"), added.groups());
        assertEquals(Subscription.NONE, added.subscription());
        assertEquals("Angelica", changed.displayName());
        assertEquals(Set.of("Friends", "Verona ♥"), changed.groups());
        assertEquals(List.of(), desk.roster().contacts());
    }

    @Test
    default void roster_isThereWhenConnectCompletes() {
        Account account = interop().account("juliet");
        Jid nurse = interop().account("nurse").jid();
        ChatClient first = interop().online(account);
        Interop.await(first.roster().save(nurse, "Nurse", List.of()));
        Interop.await(first.closeAsync());

        ChatClient second = interop().online(account);

        assertEquals("Nurse", second.roster().contact(nurse).orElseThrow().displayName());
    }

    @Test
    default void subscription_bothWays_endsInBoth() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        EventLog<RosterChange> changes = EventLog.of(juliet.roster().changes());

        interop().befriend(juliet, romeo);

        changes.await("both", change -> change.contact().subscription() == Subscription.BOTH);
        assertEquals(
                Subscription.BOTH,
                romeo.roster().contact(Interop.bare(juliet)).orElseThrow().subscription());
    }

    @Test
    default void subscription_thatIsDenied_leavesNothingPending() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient paris = interop().online(interop().account("paris"));
        EventLog<SubscriptionRequest> requests = EventLog.of(juliet.presence().requests());
        EventLog<RosterChange> changes = EventLog.of(paris.roster().changes());

        Interop.await(paris.roster().add(Interop.bare(juliet), "Juliet"));
        requests.await("request", request -> true);
        changes.await("pending", change -> change.contact().requested());
        Interop.await(juliet.presence().deny(Interop.bare(paris)));

        Contact last = changes.await(
                        "no longer pending",
                        change -> change.kind() == RosterChange.Kind.UPDATED
                                && !change.contact().requested()
                                && changes.all().stream()
                                        .anyMatch(before -> before.contact().requested()))
                .contact();
        assertEquals(Subscription.NONE, last.subscription());
    }

    @Test
    default void presence_awayAndBack_isSeenByContacts() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        interop().befriend(juliet, romeo);
        EventLog<PresenceUpdate> seen = EventLog.of(romeo.presence().updates());
        Jid device = juliet.self().orElseThrow();

        Interop.await(
                juliet.presence().publish(Presence.away("zurück um fünf ☕").withPriority(7)));
        Presence away = seen.await("away", of(device, Availability.AWAY)).presence();
        Interop.await(juliet.presence().publish(Presence.available()));
        seen.await("back", of(device, Availability.AVAILABLE));
        Interop.await(juliet.presence().publish(Presence.doNotDisturb("asleep")));
        seen.await("busy", of(device, Availability.DO_NOT_DISTURB));
        Interop.await(juliet.disconnect());
        seen.await("offline", of(device, Availability.OFFLINE));

        assertEquals("zurück um fünf ☕", away.statusText());
        assertEquals(7, away.priority());
        assertEquals(
                Presence.offline().availability(), romeo.presence().of(device).availability());
    }

    @Test
    default void presence_ofTheDeviceWithTheHighestPriority_standsForTheContact() {
        Account account = interop().account("juliet");
        ChatClient phone = interop().online(account);
        ChatClient desk = interop().online(account);
        ChatClient romeo = interop().online(interop().account("romeo"));
        interop().befriend(phone, romeo);
        EventLog<PresenceUpdate> seen = EventLog.of(romeo.presence().updates());

        Interop.await(
                phone.presence().publish(Presence.available("on the phone").withPriority(1)));
        Interop.await(desk.presence().publish(Presence.away("at the desk").withPriority(20)));
        seen.await("phone", update -> "on the phone".equals(update.presence().statusText()));
        seen.await("desk", update -> "at the desk".equals(update.presence().statusText()));

        assertEquals("at the desk", romeo.presence().of(account.jid()).statusText());
        assertTrue(romeo.presence().devicesOf(account.jid()).size() >= 2);
    }

    @Test
    default void directedPresence_reachesWhoIsNoContact() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient stranger = interop().online(interop().account("stranger"));
        EventLog<PresenceUpdate> seen = EventLog.of(stranger.presence().updates());

        Interop.await(juliet.presence().sendTo(stranger.self().orElseThrow(), Presence.available("just you")));

        PresenceUpdate update =
                seen.await("directed", each -> each.from().equals(juliet.self().orElseThrow()));
        assertEquals("just you", update.presence().statusText());
    }

    @Test
    default void blockList_blocksAndUnblocks_onEveryDevice() {
        Account account = interop().account("juliet");
        ChatClient phone = interop().online(account);
        ChatClient desk = interop().online(account);
        Jid paris = interop().account("paris").jid();
        assertEquals(Set.of(), Interop.await(phone.blockList().load()));
        assertEquals(Set.of(), Interop.await(desk.blockList().load()));
        EventLog<Set<Jid>> seen = EventLog.of(desk.blockList().changes());

        Interop.await(phone.blockList().block(paris));
        seen.await("blocked", Set.of(paris)::equals);
        assertEquals(Set.of(paris), Interop.await(phone.blockList().load()));
        Interop.await(phone.blockList().unblock(paris));
        seen.await("unblocked", Set::isEmpty);

        assertEquals(Set.of(), Interop.await(desk.blockList().load()));
    }

    private static java.util.function.Predicate<PresenceUpdate> of(Jid device, Availability availability) {
        return update -> update.from().equals(device) && update.presence().availability() == availability;
    }
}
