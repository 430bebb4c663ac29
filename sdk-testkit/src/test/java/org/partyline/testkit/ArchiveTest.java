package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of accounts (XEP-0313), their pages (XEP-0059) and their ids (XEP-0359). */
class ArchiveTest {
    private final TestNetwork network = TestNetwork.builder().archivePageSize(4).start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");
    private final TestAccount nurse = network.account("nurse");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void message_isInBothArchives_andTellsEachSideItsOwnIdAlone() throws Exception {
        try (RawClient sender = RawClient.online(network, juliet, "balcony");
                RawClient desk = RawClient.online(network, juliet, "desk");
                RawClient receiver = RawClient.available(network, romeo, "orchard")) {
            desk.send("<iq type='set' id='c'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
            desk.untilPong();
            sender.say(romeo.jid(), "m1");
            sender.untilPong();
            String delivered = receiver.untilPong();
            String copy = desk.untilPong();

            assertEquals(List.of("romeo@chat.test"), all(delivered, "by='([^']*)'"));
            assertEquals(List.of("juliet@chat.test"), all(copy, "by='([^']*)'"));
            assertEquals(ids(query(receiver, "")), all(delivered, "<stanza-id [^>]*id='([^']*)'"));
            assertEquals(ids(query(sender, "")), all(copy, "<stanza-id [^>]*id='([^']*)'"));
            assertNotEquals(ids(query(receiver, "")), ids(query(sender, "")));
        }
    }

    @Test
    void stanzaIds_ofTheArchivesThemselves_areTakenFromWhoeverSendsThem() throws Exception {
        String forged = "<stanza-id xmlns='urn:xmpp:sid:0' by='%s' id='forged'/>";
        try (RawClient sender = RawClient.online(network, juliet, "balcony");
                RawClient receiver = RawClient.available(network, romeo, "orchard")) {
            sender.send("<message type='chat' to='romeo@chat.test'><body>m1</body>"
                    + forged.formatted("Romeo@chat.test") + forged.formatted("juliet@chat.test")
                    + forged.formatted("room@elsewhere.example") + "</message>");
            sender.send("<message type='headline' to='romeo@chat.test'><body>m2</body>"
                    + forged.formatted("romeo@chat.test") + "</message>");
            sender.untilPong();
            String delivered = receiver.untilPong();

            assertEquals(List.of("room@elsewhere.example"), all(delivered, "by='([^']*)' id='forged'"), delivered);
            assertEquals(1, all(delivered, "by='(romeo@chat.test)'").size(), delivered);
        }
    }

    @Test
    void onlyConversationsAreArchived_once_andNotWhatIsRefused() throws Exception {
        try (RawClient sender = RawClient.online(network, juliet, "balcony");
                RawClient first = RawClient.available(network, romeo, "first");
                RawClient second = RawClient.available(network, romeo, "second")) {
            second.send(
                    "<iq type='set' id='b'><block xmlns='urn:xmpp:blocking'><item jid='nurse@chat.test'/></block></iq>");
            second.untilPong();
            for (String type : new String[] {"chat", "normal", "headline", "groupchat", "error"}) {
                sender.send("<message type='" + type + "' to='romeo@chat.test'><body>" + type + "</body></message>");
            }
            sender.send(
                    "<message type='chat' to='romeo@chat.test'><body>x</body><no-store xmlns='urn:xmpp:hints'/></message>"
                            + "<message type='chat' to='romeo@chat.test'><subject>x</subject></message>"
                            + "<message type='normal' to='romeo@chat.test/nowhere'><body>bounced</body></message>");
            sender.untilPong();
            try (RawClient blocked = RawClient.online(network, nurse, "hall")) {
                blocked.say(romeo.jid(), "blocked");
                blocked.untilPong();
            }

            sender.untilPong();
            first.untilPong();

            assertEquals(List.of("chat", "normal"), bodies(query(first, "")));
            assertEquals(List.of("chat", "normal", "bounced"), bodies(query(sender, "")));
        }
    }

    @Test
    void messageToOneself_andOneThatIsRoutedAgain_isArchivedOnce() throws Exception {
        try (RawClient client = RawClient.available(network, juliet, "balcony");
                RawClient peer = RawClient.available(network, romeo, "orchard")) {
            client.send("<message type='chat'><body>to myself</body></message>");
            String own = client.untilPong();
            peer.send("<enable xmlns='urn:xmpp:sm:3'/>");
            peer.untilPong();
            client.say(romeo.jid(), "lost");
            client.untilPong();
            network.faults(romeo).cut();
            network.await(now -> now.sessionsOnline() == 1, Duration.ofSeconds(10));

            assertEquals(1, all(own, "<stanza-id [^>]*by='(juliet@chat.test)'").size(), own);
            assertEquals(3, network.statistics().archive().messages());
            assertEquals(1, network.offlineMessages(romeo));
            assertEquals(List.of("to myself"), bodies(query(client, form("with", juliet.jid()))));
            try (RawClient back = RawClient.available(network, romeo, "orchard")) {
                String waited = back.untilPong();
                assertEquals(ids(query(back, "")), all(waited, "<stanza-id [^>]*id='([^']*)'"));
            }
        }
    }

    @Test
    void pages_forwards_backwards_andBetween() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            say(client, romeo, 0, 10);

            String first = query(client, set("<max>3</max>"));
            assertEquals(numbers(0, 3), bodies(first));
            assertTrue(first.contains("<first index='0'>" + ids(first).get(0) + "</first>"), first);
            assertTrue(first.contains("<last>" + ids(first).get(2) + "</last><count>10</count>"), first);
            assertFalse(first.contains("complete='true'"), first);
            String second =
                    query(client, set("<max>100</max><after>" + ids(first).get(2) + "</after>"));
            assertEquals(numbers(3, 7), bodies(second), "the network's own bound");
            assertTrue(second.contains("<first index='3'>"), second);
            String last = query(client, set("<before/><max>4</max>"));
            assertEquals(numbers(6, 10), bodies(last));
            String rest = query(client, set("<before>" + ids(second).get(0) + "</before>"));
            assertEquals(numbers(0, 3), bodies(rest));
            assertTrue(rest.contains("complete='true'"), rest);
            String between = query(
                    client,
                    form("after-id", ids(first).get(1), "before-id", ids(last).get(0)) + set("<max>2</max>"));
            assertEquals(numbers(2, 4), bodies(between));
            assertTrue(between.contains("<count>4</count>"), between);
            String named = query(client, form("ids", ids(last).get(3)));
            assertEquals(numbers(9, 10), bodies(named));
            String flipped = query(client, set("<max>2</max>") + "<flip-page/>");
            assertEquals(List.of("1", "0"), bodies(flipped));
            assertTrue(flipped.contains("<first index='0'>" + ids(first).get(0) + "</first>"), flipped);
            String none = query(client, set("<max>0</max>"));
            assertEquals(List.of(), bodies(none));
            assertTrue(none.contains("<count>10</count>") && !none.contains("complete"), none);
            assertEquals(8, network.statistics().archive().queries());
        }
    }

    @Test
    void filters_byPeerAndByTime() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony");
                RawClient peer = RawClient.online(network, romeo, "orchard")) {
            say(client, romeo, 0, 1);
            say(client, nurse, 1, 2);
            peer.say("juliet@chat.test", "2");
            peer.untilPong();

            String all = query(client, "");
            List<String> stamps = all(all, "<delay [^>]*stamp='([^']*)'");

            assertEquals(List.of("0", "2"), bodies(query(client, form("with", "Romeo@chat.test"))));
            assertEquals(List.of("2"), bodies(query(client, form("with", "romeo@chat.test/orchard"))));
            assertEquals(numbers(0, 3), bodies(query(client, form("start", stamps.get(0), "end", stamps.get(2)))));
            assertEquals(List.of(), bodies(query(client, form("start", "2999-01-01T00:00:00Z"))));
            assertEquals(List.of(), bodies(query(client, form("end", "1999-01-01T00:00:00+02:00"))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "item-not-found #set <after>gone</after>",
                "item-not-found #set <before>gone</before>",
                "item-not-found #form after-id gone",
                "item-not-found #form before-id gone",
                "item-not-found #form ids gone",
                "feature-not-implemented #form include-groupchat true",
                "feature-not-implemented #set <index>3</index>",
                "bad-request #set <after>x</after><before/>",
                "bad-request #set <max>-1</max>",
                "bad-request #set <max>many</max>",
                "bad-request #form with @",
                "bad-request #form start yesterday",
                "bad-request #<x xmlns='jabber:x:data' type='submit'/>"
            })
    void query_thatCannotBeAnswered_isRefused(String expectation) throws Exception {
        String condition = expectation.substring(0, expectation.indexOf(' '));
        String content = expectation.substring(expectation.indexOf('#') + 1);
        String query = content.startsWith("set ")
                ? set(content.substring(4))
                : content.startsWith("form ") ? form(content.substring(5).split(" ")) : content;
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            String answer = query(client, query);

            assertTrue(answer.contains("type='error'") && answer.contains("<" + condition + " "), answer);
        }
    }

    @Test
    void archiveOfSomebodyElse_isForbidden_andTheServerHasNone() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            for (String to : new String[] {"romeo@chat.test", "nobody@chat.test"}) {
                client.send("<iq type='set' id='q' to='" + to + "'><query xmlns='urn:xmpp:mam:2'/></iq>");
                assertTrue(client.awaitElement("iq").contains("<forbidden "), to);
            }
            client.send("<iq type='set' id='q' to='chat.test'><query xmlns='urn:xmpp:mam:2'/></iq>");
            assertTrue(client.awaitElement("iq").contains("<service-unavailable "));
        }
    }

    @Test
    void metadata_form_andDiscovery_tellOfTheArchive() throws Exception {
        String disco = "<iq type='get' id='d'%s><query xmlns='http://jabber.org/protocol/disco#info'/></iq>";
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.send("<iq type='get' id='m'><metadata xmlns='urn:xmpp:mam:2'/></iq>");
            assertTrue(client.awaitElement("iq").contains("<metadata xmlns='urn:xmpp:mam:2'/>"));
            say(client, romeo, 0, 3);
            String all = query(client, "");
            client.send("<iq type='get' id='m'><metadata xmlns='urn:xmpp:mam:2'/></iq>");
            String metadata = client.awaitElement("iq");
            assertEquals(List.of(ids(all).get(0), ids(all).get(2)), all(metadata, "(?:start|end) id='([^']*)'"));
            assertEquals(
                    all(all, "stamp='([^']*)'").get(0),
                    all(metadata, "timestamp='([^']*)'").get(0));
            client.send("<iq type='get' id='f'><query xmlns='urn:xmpp:mam:2'/></iq>");
            assertEquals(
                    List.of("FORM_TYPE", "with", "start", "end", "before-id", "after-id", "ids"),
                    all(client.awaitElement("iq"), "var='([^']*)'"));
            client.send(disco.formatted(""));
            String account = client.awaitElement("iq");
            client.send(disco.formatted(" to='chat.test'"));
            String server = client.awaitElement("iq");

            for (String feature : new String[] {"urn:xmpp:mam:2", "urn:xmpp:mam:2#extended", "urn:xmpp:sid:0"}) {
                assertTrue(account.contains("var='" + feature + "'"), account);
                assertFalse(server.contains("var='" + feature + "'"), server);
            }
        }
    }

    @Test
    void messagesThatAreSentTwice_areCounted() throws Exception {
        String message = "<message type='chat' to='romeo@chat.test'><body>x</body>"
                + "<origin-id xmlns='urn:xmpp:sid:0' id='%s'/></message>";
        try (RawClient client = RawClient.online(network, juliet, "balcony");
                RawClient peer = RawClient.online(network, romeo, "orchard")) {
            client.send(message.formatted("a") + message.formatted("b"));
            client.untilPong();
            peer.send("<message type='chat' to='juliet@chat.test'><body>x</body>"
                    + "<origin-id xmlns='urn:xmpp:sid:0' id='a'/></message>");
            peer.untilPong();
            assertEquals(new ArchiveStatistics(6, 0, 0), network.statistics().archive());

            client.send(message.formatted("a"));
            client.untilPong();
            assertEquals(new ArchiveStatistics(8, 1, 0), network.statistics().archive());
        }
    }

    @Test
    void networkWithoutArchives_knowsNothingOfThem() throws Exception {
        try (TestNetwork without = TestNetwork.builder().archives(false).start();
                RawClient client = RawClient.available(without, without.account("juliet"), "balcony")) {
            client.say("juliet@chat.test", "m1");
            assertFalse(client.untilPong().contains("stanza-id"));
            client.send("<iq type='get' id='d'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
            assertFalse(client.awaitElement("iq").contains("urn:xmpp:mam"));
            assertTrue(query(client, "").contains("<service-unavailable "));
            assertEquals(new ArchiveStatistics(0, 0, 0), without.statistics().archive());
        }
    }

    static String query(RawClient client, String content) {
        client.send("<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2' queryid='f27'>" + content + "</query></iq>");
        return client.awaitMatch(
                "(?s)(?:<message .*?</message></forwarded></result></message>)*<iq [^>]*id='q'.*?</iq>");
    }

    static String set(String content) {
        return "<set xmlns='http://jabber.org/protocol/rsm'>" + content + "</set>";
    }

    private static String form(String... fields) {
        StringBuilder form = new StringBuilder("<x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>");
        for (int i = 0; i < fields.length; i += 2) {
            form.append("<field var='" + fields[i] + "'><value>" + fields[i + 1] + "</value></field>");
        }
        return form + "</x>";
    }

    static void say(RawClient client, TestAccount to, int from, int until) {
        IntStream.range(from, until).forEach(i -> client.say(to.jid(), Integer.toString(i)));
        client.untilPong();
    }

    static List<String> ids(String answer) {
        return all(answer, "<result [^>]*queryid='f27'[^>]* id='([^']*)'");
    }

    static List<String> bodies(String answer) {
        return all(answer, "<body>([^<]*)</body>");
    }

    static List<String> numbers(int from, int until) {
        return IntStream.range(from, until).mapToObj(Integer::toString).toList();
    }

    private static List<String> all(String text, String expression) {
        return Pattern.compile(expression)
                .matcher(text)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }
}
