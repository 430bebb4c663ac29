package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.error.RequestRejectedException;
import org.partyline.message.ChatState;
import org.partyline.message.ChatStateChange;
import org.partyline.message.DeliveryChange;
import org.partyline.message.DeliveryState;
import org.partyline.message.Message;
import org.partyline.message.MessageType;
import org.partyline.message.Receipt;
import org.partyline.message.SentMessage;

/** Messages with all that belongs to them. */
interface MessageTests extends InteropTests {

    @Test
    default void message_withThreadLanguagesAndEmoji_arrivesWhole() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        EventLog<Message> inbox = EventLog.of(romeo.messages().incoming());
        String text = "Art thou not Romeo, & a Montague? <3 \uD83C\uDF39 \u200D אהבה\n2nd line";

        SentMessage sent = Interop.await(juliet.messages()
                .to(Interop.bare(romeo))
                .body(text)
                .body("de", "Bist du nicht Romeo?")
                .subject("Wherefore")
                .thread("t-1", "t-0")
                .send());
        Interop.await(sent.acknowledged());
        Message message = inbox.await("message", each -> true);

        assertEquals(sent.id(), message.id());
        assertEquals(MessageType.CHAT, message.type());
        assertEquals(juliet.self().orElseThrow(), message.from());
        assertEquals(text, message.body());
        assertEquals("Bist du nicht Romeo?", message.body("de").orElseThrow());
        assertEquals("Wherefore", message.subject().orElseThrow());
        assertEquals("t-1", message.threadId());
        assertEquals("t-0", message.parentThreadId());
        assertFalse(message.delayed());
        assertFalse(message.carbon());
    }

    @Test
    default void conversation_bothWays_keepsItsOrder() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        EventLog<Message> toRomeo = EventLog.of(romeo.messages().incoming());
        EventLog<Message> toJuliet = EventLog.of(juliet.messages().incoming());

        for (int i = 0; i < 50; i++) {
            Interop.await(juliet.messages()
                    .to(Interop.bare(romeo))
                    .body("question " + i)
                    .send());
            Interop.await(romeo.messages()
                    .to(Interop.bare(juliet))
                    .body("answer " + i)
                    .send());
        }

        assertEquals(
                Numbered.list("question ", 0, 50),
                toRomeo.await("questions", each -> true, 50).stream()
                        .map(Message::body)
                        .toList());
        assertEquals(
                Numbered.list("answer ", 0, 50),
                toJuliet.await("answers", each -> true, 50).stream()
                        .map(Message::body)
                        .toList());
    }

    @Test
    default void receipt_whenRequested_marksTheMessageDelivered() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        interop().befriend(juliet, romeo);
        EventLog<Receipt> receipts = EventLog.of(juliet.messages().receipts());

        SentMessage sent = Interop.await(juliet.messages()
                .to(Interop.bare(romeo))
                .body("Dost thou hear?")
                .requestReceipt()
                .send());
        Interop.await(sent.delivered());

        assertEquals(DeliveryState.DELIVERED, sent.state());
        Receipt receipt = receipts.await("receipt", each -> each.messageId().equals(sent.id()));
        assertEquals(romeo.self().orElseThrow(), receipt.from());
    }

    @Test
    default void marker_whenDisplayed_marksWhatWasAskedForUpToThere() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        interop().befriend(juliet, romeo);
        EventLog<Message> inbox = EventLog.of(romeo.messages().incoming());
        EventLog<DeliveryChange> deliveries = EventLog.of(juliet.messages().deliveries());

        List<SentMessage> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sent.add(Interop.await(juliet.messages()
                    .to(Interop.bare(romeo))
                    .body("part " + i)
                    .requestDisplayed()
                    .send()));
        }
        inbox.await("all", each -> each.body().equals("part 2"));
        Message second = inbox.await("the second", each -> each.body().equals("part 1"));
        assertTrue(Interop.await(romeo.messages().markDisplayed(second)));

        deliveries.await("displayed", each -> each.to() == DeliveryState.DISPLAYED, 2);
        assertEquals(DeliveryState.DISPLAYED, sent.get(0).state());
        assertEquals(DeliveryState.DISPLAYED, sent.get(1).state());
        assertNotEquals(DeliveryState.DISPLAYED, sent.get(2).state());
    }

    @Test
    default void message_toNobody_isRefused() {
        ChatClient juliet = interop().online(interop().account("juliet"));

        SentMessage sent = Interop.await(juliet.messages()
                .to(Jid.of("nobody", interop().server.domain(), null))
                .body("Is anybody there?")
                .requestReceipt()
                .send());
        RequestRejectedException failure = Interop.awaitFailure(RequestRejectedException.class, sent.delivered());

        assertEquals("service-unavailable", failure.condition());
        assertEquals(DeliveryState.REFUSED, sent.state());
    }

    @Test
    default void chatState_whileAConversationRuns_isSeen() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        EventLog<Message> inbox = EventLog.of(romeo.messages().incoming());
        EventLog<ChatStateChange> states = EventLog.of(romeo.messages().chatStates());
        Interop.await(
                juliet.messages().to(Interop.bare(romeo)).body("Good even").send());
        inbox.await("message", each -> true);

        Interop.await(juliet.messages().chatState(Interop.bare(romeo), ChatState.COMPOSING));

        ChatStateChange change = states.await("composing", each -> each.state() == ChatState.COMPOSING);
        assertEquals(Interop.bare(juliet), change.from().bare());
    }

    @Test
    default void carbons_showTheOtherDeviceWhatWasSaid() {
        Account account = interop().account("romeo");
        ChatClient phone = interop().online(account);
        ChatClient desk = interop().online(account);
        ChatClient juliet = interop().online(interop().account("juliet"));
        EventLog<Message> onPhone = EventLog.of(phone.messages().incoming());
        EventLog<Message> onDesk = EventLog.of(desk.messages().incoming());
        EventLog<Message> sentElsewhere = EventLog.of(desk.messages().sentElsewhere());
        EventLog<Message> toJuliet = EventLog.of(juliet.messages().incoming());

        Interop.await(juliet.messages()
                .to(phone.self().orElseThrow())
                .body("to the phone")
                .send());
        onPhone.await("original", each -> each.body().equals("to the phone"));
        Message copy = onDesk.await("carbon", each -> each.body().equals("to the phone"));
        Interop.await(
                phone.messages().to(Interop.bare(juliet)).body("from the phone").send());
        Message own = sentElsewhere.await("own carbon", each -> each.body().equals("from the phone"));
        toJuliet.await("reply", each -> each.body().equals("from the phone"));

        assertTrue(copy.carbon());
        assertEquals(juliet.self().orElseThrow(), copy.from());
        assertTrue(own.carbon());
        assertEquals(Interop.bare(juliet), own.to());
    }

    @Test
    default void message_toWhoIsOffline_arrivesLater_markedAsDelayed() {
        Account account = interop().account("romeo");
        ChatClient before = interop().online(account);
        Interop.await(before.closeAsync());
        ChatClient juliet = interop().online(interop().account("juliet"));
        SentMessage sent = Interop.await(juliet.messages()
                .to(account.jid())
                .body("Parting is sweet sorrow")
                .send());
        Interop.await(sent.acknowledged());

        ChatClient romeo = interop().build(interop().builder(account));
        EventLog<Message> inbox = EventLog.of(romeo.messages().incoming());
        Interop.await(romeo.connect());
        Message message = inbox.await("offline message", each -> true);

        assertEquals("Parting is sweet sorrow", message.body());
        assertTrue(message.delayed());
        assertEquals(sent.id(), message.id());
    }

    @Test
    default void message_fromWhoIsBlocked_doesNotArrive() {
        ChatClient juliet = interop().online(interop().account("juliet"));
        ChatClient paris = interop().online(interop().account("paris"));
        ChatClient romeo = interop().online(interop().account("romeo"));
        EventLog<Message> inbox = EventLog.of(juliet.messages().incoming());
        Interop.await(juliet.blockList().block(Interop.bare(paris)));

        SentMessage blocked = Interop.await(paris.messages()
                .to(Interop.bare(juliet))
                .body("Come, let us wed")
                .requestReceipt()
                .send());
        Interop.awaitFailure(RequestRejectedException.class, blocked.delivered());
        Interop.await(
                romeo.messages().to(Interop.bare(juliet)).body("Good night").send());

        inbox.await("from Romeo", each -> each.body().equals("Good night"));
        assertEquals(1, inbox.all().size());
    }
}
