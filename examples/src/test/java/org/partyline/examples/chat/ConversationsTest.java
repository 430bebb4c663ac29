package org.partyline.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;

class ConversationsTest {
    private static final Jid ROMEO = Jid.parse("romeo@montague.example");

    @Test
    void history_isBounded() {
        Conversation conversation = new Conversation(ROMEO);
        IntStream.range(0, 5_000)
                .forEach(i -> conversation.add(new Remark(Instant.EPOCH, true, String.valueOf(i), null)));

        assertEquals(1_000, conversation.last(10_000).size());
        assertEquals("4999", conversation.last(1).get(0).text());
        assertEquals("4998", conversation.last(2).get(0).text());
    }

    @Test
    void conversations_areBounded_andTheOneWithTheUserStays() {
        Conversations conversations = new Conversations();
        Conversation here = conversations.enter(ROMEO);
        IntStream.range(0, 1_000).forEach(i -> conversations.with(Jid.parse("stranger" + i + "@example.org")));

        assertEquals(200, conversations.all().size());
        assertTrue(conversations.all().contains(here));
        assertTrue(
                conversations.find(Jid.parse("stranger999@example.org/device")).isPresent());
    }

    @Test
    void entering_marksRead_andClosingForgets() {
        Conversations conversations = new Conversations();
        conversations.with(ROMEO).countUnread();

        assertEquals(0, conversations.enter(ROMEO.withResource("orchard")).unread());
        conversations.close(conversations.with(ROMEO));

        assertTrue(conversations.current().isEmpty());
        assertTrue(conversations.all().isEmpty());
    }
}
