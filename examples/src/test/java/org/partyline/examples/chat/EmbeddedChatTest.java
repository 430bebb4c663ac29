package org.partyline.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chat client on the network inside the process, driven by scripts. */
@Timeout(180)
class EmbeddedChatTest {

    @Test
    void script_thatTalksAndIsCut_seesEveryAnswerOnce() throws Exception {
        Chat chat = Chat.with("chat", "--embedded")
                .type("before the cut", "/wait 60", "/cut", "after the cut", "/wait 60", "/history", "/quit");

        assertEquals(0, chat.exitCode(), chat::text);

        assertTrue(chat.text().contains("Echo is there (says back what you say)"), chat::text);
        assertTrue(chat.text().contains("connection lost"), chat::text);
        assertTrue(chat.text().contains("the session was resumed, nothing was missed"), chat::text);
        assertTrue(chat.text().contains("Echo is typing"), chat::text);
        assertTrue(chat.text().contains("you: before the cut  [shown]"), chat::text);
        assertTrue(chat.text().contains("you: after the cut  [shown]"), chat::text);
        // Each once as it came, and once in the history.
        assertEquals(2, chat.count("Echo: before the cut"), chat::text);
        assertEquals(2, chat.count("Echo: after the cut"), chat::text);
    }

    @Test
    void script_whoseInputEnds_leavesInOrder() throws Exception {
        Chat chat = Chat.with("chat", "--embedded").type("hello", "/wait 60").end();

        assertEquals(0, chat.exitCode(), chat::text);
        assertTrue(chat.text().contains("Echo: hello"), chat::text);
    }

    @Test
    void text_thatTurnsDirectionOrHasSeveralLines_isPrintedHarmless() throws Exception {
        Chat chat = Chat.with("chat", "--embedded")
                .type("a\u202Eb", "/wait 60", "//slash", "/wait 60", "/me waves", "/wait 60", "/quit");

        assertEquals(0, chat.exitCode(), chat::text);

        assertFalse(chat.text().contains("\u202E"), chat::text);
        assertTrue(chat.text().contains("Echo: a<U+202E>b"), chat::text);
        assertTrue(chat.text().contains("Echo: /slash"), chat::text);
        assertTrue(chat.text().contains("* Echo waves"), chat::text);
    }

    @Test
    void line_thatFails_isToldAndMakesTheRunFail() throws Exception {
        Chat chat = Chat.with("chat", "--embedded")
                .type("/nonsense", "/add nobody", "/to no body", "/history x", "a\u0001b", "/accept", "/quit");

        assertEquals(1, chat.exitCode(), chat::text);

        assertTrue(chat.text().contains("error: there is no /nonsense."), chat::text);
        assertTrue(chat.text().contains("error: add whom?"), chat::text);
        assertTrue(chat.text().contains("error: no contact is called no body."), chat::text);
        assertTrue(chat.text().contains("error: how many?"), chat::text);
        assertTrue(chat.text().contains("error: the text has a character that cannot be sent."), chat::text);
        assertTrue(chat.text().contains("error: nobody asks."), chat::text);
        assertFalse(chat.text().contains("Exception"), chat::text);
    }

    @Test
    void message_thatDoesNotCome_isToldWhenTheTimeIsUp() throws Exception {
        Chat chat = Chat.with("chat", "--embedded").type("/wait 1", "/quit");

        assertEquals(1, chat.exitCode(), chat::text);
        assertTrue(chat.text().contains("error: no message came within 1 s."), chat::text);
    }

    @Test
    void trace_isShownAndWritten_withoutSecrets_andOverwritesNothing(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("trace.txt");
        Chat chat = Chat.with("chat", "--embedded")
                .type("my secret plan", "/wait 60", "/trace", "/trace " + file, "/trace " + file, "/quit");

        assertEquals(1, chat.exitCode(), chat::text);
        assertTrue(chat.text().contains("<message xmlns='jabber:client'"), chat::text);
        assertTrue(chat.text().contains("written to "), chat::text);
        assertTrue(chat.text().contains("already."), chat::text);
        String written = Files.readString(file);
        assertTrue(written.contains("<initial-response>[secret]</initial-response>"), written);
        assertTrue(written.contains("<body>[14 characters]</body>"), written);
        assertFalse(written.contains("secret plan"), written);
    }

    @Test
    void help_namesEveryCommand() throws Exception {
        Chat chat = Chat.with("chat", "--embedded").type("/help", "/quit");

        assertEquals(0, chat.exitCode(), chat::text);
        for (String command : new String[] {
            "/to", "/msg", "/contacts", "/add", "/accept", "/deny", "/block", "/away", "/history", "/quit"
        }) {
            assertTrue(chat.text().contains("\n  " + command + " "), command);
        }
    }
}
