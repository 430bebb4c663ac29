package org.partyline.examples.operator.output;

import java.util.Map;
import java.util.stream.Collectors;
import org.partyline.examples.operator.audit.AuditEntry;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.JsonWriter;
import org.partyline.examples.text.Tone;

/** Entries of the log in people's words. */
public final class EntryText {
    private EntryText() {}

    /** Tells of an entry. */
    public static void line(AuditEntry entry, Screen screen) {
        String rest = entry.members().members().entrySet().stream()
                .map((Map.Entry<String, Json> each) -> each.getKey() + "=" + JsonWriter.plain(each.getValue()))
                .collect(Collectors.joining("  "));
        screen.item(entry.seq() + "  ", Tone.FAINT, entry.time() + "  " + entry.event() + "  " + rest);
    }
}
