package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.archive.ArchivedMessage;
import org.partyline.client.ChatClient;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.UnsupportedFeatureException;
import org.partyline.message.Message;
import org.partyline.message.SentMessage;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/** Archives of messages (XEP-0313). */
interface ArchiveTests extends InteropTests {

    @Test
    default void archive_isReadForwards_pageByPage() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        Jid romeo = interop().account("romeo").jid();
        List<SentMessage> sent = say(juliet, romeo, 0, 25);

        List<ArchivePage> pages = read(juliet, ArchiveQuery.all().pageSize(10));

        assertEquals(List.of(10, 10, 5), sizes(pages));
        List<ArchivedMessage> all =
                pages.stream().flatMap(page -> page.messages().stream()).toList();
        assertEquals(Numbered.list("m", 0, 25), bodies(all));
        assertEquals(
                sent.stream().map(SentMessage::id).toList(),
                all.stream().map(each -> each.message().id()).toList());
        assertEquals(
                25, new HashSet<>(all.stream().map(ArchivedMessage::archiveId).toList()).size());
        for (ArchivedMessage each : all) {
            assertEquals(juliet.self().orElseThrow(), each.message().from());
            assertEquals(romeo, each.message().to());
            Instant at = each.archivedAt();
            assertNotNull(at);
            assertEquals(at, each.message().sentAt());
        }
        for (ArchivePage page : pages) {
            assertEquals(page.messages().get(0).archiveId(), page.firstId());
            assertTrue(page.stable());
            assertTrue(page.total().isEmpty() || page.total().getAsLong() == 25, page::toString);
        }
        assertTrue(pages.get(2).complete());
    }

    /** Prosody and the testkit's network give 50 at most, ejabberd as many as are asked for. */
    @Test
    default void archive_withSmallerPagesThanAskedFor_isReadWhole() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        say(juliet, interop().account("romeo").jid(), 0, 60);

        List<ArchivePage> pages = read(juliet, ArchiveQuery.all().pageSize(ArchiveQuery.MAX_PAGE_SIZE));

        assertEquals(
                Numbered.list("m", 0, 60),
                bodies(pages.stream().flatMap(page -> page.messages().stream()).toList()));
    }

    @Test
    default void archive_isReadAsItIsRequested() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        say(juliet, interop().account("romeo").jid(), 0, 7);
        CompletableFuture<List<String>> read = new CompletableFuture<>();

        juliet.archive().pages(ArchiveQuery.all().pageSize(3)).subscribe(new Flow.Subscriber<>() {
            private final List<String> bodies = new ArrayList<>();
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription = given;
                given.request(1);
            }

            @Override
            public void onNext(ArchivePage page) {
                bodies.addAll(ArchiveTests.bodies(page.messages()));
                subscription.request(1);
            }

            @Override
            public void onError(Throwable failure) {
                read.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                read.complete(bodies);
            }
        });

        assertEquals(Numbered.list("m", 0, 7), Interop.await(read));
    }

    @Test
    default void archive_isReadBackwards_fromTheLatest() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        say(juliet, interop().account("romeo").jid(), 0, 25);

        List<ArchivePage> pages = read(juliet, ArchiveQuery.all().latest().pageSize(10));

        assertEquals(List.of(10, 10, 5), sizes(pages));
        assertEquals(Numbered.list("m", 15, 25), bodies(pages.get(0).messages()));
        assertEquals(Numbered.list("m", 5, 15), bodies(pages.get(1).messages()));
        assertEquals(Numbered.list("m", 0, 5), bodies(pages.get(2).messages()));
    }

    @Test
    default void archive_holdsBothSides_andIsAskedForOneOfThem() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        EventLog<Message> inbox = EventLog.of(juliet.messages().incoming());
        say(juliet, Interop.bare(romeo), 0, 2);
        say(juliet, interop().account("nurse").jid(), 2, 4);
        say(romeo, Interop.bare(juliet), 4, 6);
        inbox.await("answers", each -> true, 2);
        ArchiveQuery withRomeo = ArchiveQuery.all().with(Interop.bare(romeo));

        assertEquals(List.of("m0", "m1", "m4", "m5"), bodies(page(juliet, withRomeo)));
        assertEquals(List.of("m0", "m1", "m4", "m5"), bodies(page(romeo, ArchiveQuery.all())));
        assertEquals(
                Numbered.list("m", 0, 6),
                bodies(juliet.blocking(Duration.ofSeconds(30))
                        .archive()
                        .page(ArchiveQuery.all())
                        .messages()));
    }

    @Test
    default void archive_isAskedByTime() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        say(juliet, interop().account("romeo").jid(), 0, 3);
        List<ArchivedMessage> all = page(juliet, ArchiveQuery.all());
        Instant first = all.get(0).archivedAt();
        Instant last = all.get(2).archivedAt();
        ArchiveQuery query = ArchiveQuery.all();

        assertEquals(
                Numbered.list("m", 0, 3), bodies(page(juliet, query.since(first).until(last))));
        assertEquals(List.of(), page(juliet, query.since(last.plusSeconds(5))));
        assertEquals(List.of(), page(juliet, query.until(first.minusSeconds(5))));
    }

    @Test
    default void archive_thatIsEmpty_orWithNobody_isOneEmptyPage() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        for (ArchiveQuery query : List.of(
                ArchiveQuery.all(),
                ArchiveQuery.all().latest(),
                ArchiveQuery.all().with(Jid.of("nobody", "elsewhere.example", null)))) {
            ArchivePage page = Interop.await(juliet.archive().page(query));

            assertEquals(List.of(), page.messages());
            assertTrue(page.complete());
            assertEquals(Optional.empty(), page.more());
        }
    }

    @Test
    default void archive_isAskedFromOneMessageToAnother() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        say(juliet, interop().account("romeo").jid(), 0, 8);
        List<ArchivedMessage> all = page(juliet, ArchiveQuery.all());
        ArchiveQuery between = ArchiveQuery.all()
                .after(all.get(1).archiveId())
                .before(all.get(6).archiveId())
                .pageSize(3);

        assertEquals(
                Numbered.list("m", 2, 8),
                bodies(page(juliet, ArchiveQuery.all().after(all.get(1).archiveId()))));
        assertEquals(
                Numbered.list("m", 3, 6),
                bodies(page(
                        juliet,
                        ArchiveQuery.all()
                                .before(all.get(6).archiveId())
                                .latest()
                                .pageSize(3))));
        if (interop().server.hasExtendedArchives()) {
            assertEquals(
                    List.of(Numbered.list("m", 2, 5), Numbered.list("m", 5, 6)),
                    read(juliet, between).stream()
                            .map(page -> bodies(page.messages()))
                            .toList());
            assertEquals(
                    List.of(Numbered.list("m", 3, 6), Numbered.list("m", 2, 3)),
                    read(juliet, between.latest()).stream()
                            .map(page -> bodies(page.messages()))
                            .toList());
        } else {
            Interop.awaitFailure(
                    UnsupportedFeatureException.class, juliet.archive().page(between));
        }
    }

    @Test
    default void archive_doesNotKnowTheMessage_andSaysSo() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        say(juliet, interop().account("romeo").jid(), 0, 2);
        ArchiveQuery query = ArchiveQuery.all().after("never-seen");
        if (interop().server.refusesUnknownArchiveIds()) {
            RequestRejectedException failure = Interop.awaitFailure(
                    RequestRejectedException.class, juliet.archive().page(query));

            assertEquals("item-not-found", failure.condition());
        } else {
            assertEquals(Numbered.list("m", 0, 2), bodies(page(juliet, query)), "from the beginning, without a word");
        }
    }

    @Test
    default void archive_ofSomebodyElse_isRefused() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));

        Interop.awaitFailure(
                RequestRejectedException.class, juliet.archive().page(ArchiveQuery.of(Interop.bare(romeo))));
    }

    @Test
    default void stanzaId_ofWhatArrives_isTheArchivesId() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        XmppAccess door = romeo.extension(XmppAccess.class);
        EventLog<XmlElement> stanzas = EventLog.of(
                door.stanzas(each -> each.is("jabber:client", "message") && each.childText("body") != null));
        // Only then are such ids believed.
        assertTrue(Interop.await(door.discovery().info(Interop.bare(romeo))).has("urn:xmpp:sid:0"));
        say(juliet, Interop.bare(romeo), 0, 1);

        XmlElement arrived = stanzas.await("message", each -> true);

        XmlElement id = arrived.child("urn:xmpp:sid:0", "stanza-id");
        assertNotNull(id);
        assertEquals(Interop.bare(romeo).toString(), id.attribute("by"));
        assertEquals(id.attribute("id"), page(romeo, ArchiveQuery.all()).get(0).archiveId());
    }

    private static List<SentMessage> say(ChatClient client, Jid to, int from, int until) {
        List<SentMessage> sent = new ArrayList<>();
        for (int i = from; i < until; i++) {
            sent.add(Interop.await(client.messages().to(to).body("m" + i).send()));
        }
        sent.forEach(each -> Interop.await(each.acknowledged()));
        return sent;
    }

    private static List<ArchivedMessage> page(ChatClient client, ArchiveQuery query) {
        ArchivePage page = Interop.await(client.archive().page(query));
        assertTrue(page.complete() || query.pageSize() < ArchiveQuery.DEFAULT_PAGE_SIZE);
        return page.messages();
    }

    private static List<ArchivePage> read(ChatClient client, ArchiveQuery query) {
        List<ArchivePage> pages = new ArrayList<>();
        Optional<ArchiveQuery> next = Optional.of(query);
        while (next.isPresent()) {
            ArchivePage page = Interop.await(client.archive().page(next.get()));
            pages.add(page);
            assertFalse(pages.size() > 10, "no end");
            next = page.more();
        }
        return pages;
    }

    private static List<Integer> sizes(List<ArchivePage> pages) {
        return pages.stream().map(page -> page.messages().size()).toList();
    }

    private static List<String> bodies(List<ArchivedMessage> messages) {
        return messages.stream().map(each -> each.message().body()).toList();
    }
}
