package org.partyline.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Any text is an address, which comes back from its own text and can be shown, or is refused by the one documented
 * exception. An input is a text.
 */
class JidFuzzTest {
    private static final String ISOLATES = "\u2066\u2068";
    private static final char POP = '\u2069';

    @DictionaryFile(resourcePath = "jid.dict")
    @FuzzTest
    void parse(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Jid jid;
        try {
            jid = Jid.parse(text);
        } catch (JidFormatException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.startsWith("not an address, "), message);
            assertTrue(message.length() < 200, "the message quotes");
            return;
        }
        sameAgain(jid);
        bareAndFull(jid);
        bounded(jid.local());
        bounded(jid.domain());
        bounded(jid.resource());
        shown(jid);
    }

    private static void sameAgain(Jid jid) {
        Jid again = Jid.parse(jid.toString());
        assertEquals(jid, again);
        assertEquals(jid.hashCode(), again.hashCode());
        assertEquals(jid.toString(), again.toString());
        assertEquals(jid.displayForm(), again.displayForm());
        assertEquals(jid, Jid.of(jid.local(), jid.domain(), jid.resource()));
    }

    private static void bareAndFull(Jid jid) {
        Jid bare = jid.bare();
        assertTrue(bare.isBare());
        assertEquals(jid.isBare(), jid.resource() == null);
        assertEquals(bare, Jid.parse(bare.toString()));
        assertEquals(bare, bare.bare());
        String resource = jid.resource();
        assertEquals(jid.isBare(), jid.equals(bare));
        assertEquals(jid, resource == null ? bare : bare.withResource(resource));
        assertEquals(bare, Jid.of(jid.local(), jid.domain(), null));
    }

    private static void bounded(@Nullable String part) {
        if (part != null) {
            assertFalse(part.isEmpty());
            assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(part), "half a surrogate pair");
            assertTrue(part.getBytes(StandardCharsets.UTF_8).length <= Jid.MAX_PART_BYTES);
        }
    }

    /** Nothing in it is invisible or turns the text beside it around, and each isolate ends. */
    private static void shown(Jid jid) {
        String shown = jid.displayForm();
        assertTrue(shown.length() <= 9 * jid.toString().length() + 8);
        int open = 0;
        for (int i = 0; i < shown.length(); i += Character.charCount(shown.codePointAt(i))) {
            int c = shown.codePointAt(i);
            if (ISOLATES.indexOf(c) >= 0) {
                open++;
            } else if (c == POP) {
                open--;
                assertTrue(open >= 0, "an isolate ends that was not begun");
            } else {
                switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                        throw new AssertionError(String.format("U+%04X is shown", c));
                    default -> {}
                }
            }
        }
        assertEquals(0, open, "an isolate that does not end");
    }
}
