package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.testkit.ArchiveTest.bodies;
import static org.partyline.testkit.ArchiveTest.ids;
import static org.partyline.testkit.ArchiveTest.numbers;
import static org.partyline.testkit.ArchiveTest.query;
import static org.partyline.testkit.ArchiveTest.say;
import static org.partyline.testkit.ArchiveTest.set;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.partyline.testkit.ArchiveFaults.PageFault;

/** Pages of archives that come late, are refused, or are not what they should be. */
class ArchiveFaultsTest {
    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void heldPages_areAnsweredOnceTheyAreReleased_byEitherOrder() throws Exception {
        String query = "<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2' queryid='f27'/></iq>";
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            say(client, romeo, 0, 1);
            network.faults(juliet).archive().hold();
            network.faults().archive().hold();
            client.send(query);
            assertEquals("", client.untilPong());
            network.faults().clear();
            assertEquals("", client.untilPong());
            say(client, romeo, 1, 2);

            network.faults(juliet).archive().release();

            String late = client.awaitElement("iq");
            assertTrue(late.contains("id='q'"), late);
            assertEquals(numbers(0, 2), bodies(query(client, "")), "and no more are held");
            assertEquals(2, network.statistics().archive().queries());
        }
    }

    @Test
    void heldPage_ofAClientThatWent_isForgotten() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            network.faults().archive().hold();
            client.send("<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2'/></iq>");
            client.untilPong();
            client.send("</stream:stream>");
            client.awaitEnd();
        }
        network.await(now -> now.sessionsOnline() == 0, Duration.ofSeconds(10));
        try (RawClient back = RawClient.online(network, juliet, "balcony")) {
            network.faults().archive().refuse(1, "resource-constraint").release();
            assertEquals("", back.untilPong());
            assertTrue(query(back, "").contains("<resource-constraint "), "the refusal was not for who had gone");
        }
    }

    @Test
    void refusedPages_areAsManyAsWereOrdered_andOfThatAccountAlone() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony");
                RawClient other = RawClient.online(network, romeo, "orchard")) {
            network.faults(juliet).archive().refuse(2, "resource-constraint");

            for (int i = 0; i < 2; i++) {
                String refusal = query(client, "");
                assertTrue(refusal.contains("<error type='wait'><resource-constraint "), refusal);
            }
            assertTrue(query(client, "").contains("<fin "));
            assertTrue(query(other, "").contains("<fin "));
        }
    }

    @Test
    void spoiledPages_areRepeated_empty_orReordered() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            say(client, romeo, 0, 5);
            String first = query(client, set("<max>2</max>"));
            String after = set("<max>2</max><after>" + ids(first).get(1) + "</after>");

            network.faults(juliet).archive().spoil(1, PageFault.REPEATED);
            assertEquals(first, query(client, after));
            assertEquals(numbers(2, 4), bodies(query(client, after)));
            network.faults(juliet).archive().spoil(1, PageFault.EMPTY);
            String empty = query(client, after);
            assertEquals(List.of(), bodies(empty));
            assertFalse(empty.contains("complete") || empty.contains("<last>"), empty);
            network.faults(juliet).archive().spoil(1, PageFault.REORDERED);
            String reordered = query(client, after);
            assertEquals(List.of("3", "2"), bodies(reordered));
            assertTrue(reordered.contains("<last>" + ids(reordered).get(0) + "</last>"), reordered);
            network.faults(juliet).archive().spoil(9, PageFault.EMPTY).refuse(9, "item-not-found");
            network.faults(juliet).clear();
            assertEquals(numbers(2, 4), bodies(query(client, after)));
        }
    }

    @Test
    void ordersThatMakeNoSense_areRefused() {
        ArchiveFaults faults = network.faults().archive();

        assertThrows(IllegalArgumentException.class, () -> faults.refuse(1, "bad-weather"));
        assertThrows(IllegalArgumentException.class, () -> faults.refuse(0, "item-not-found"));
        assertThrows(IllegalArgumentException.class, () -> faults.spoil(0, PageFault.EMPTY));
    }
}
