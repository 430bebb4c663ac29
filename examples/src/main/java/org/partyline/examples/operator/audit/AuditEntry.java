package org.partyline.examples.operator.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.partyline.examples.operator.files.Sha256;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.JsonWriter;

/**
 * One line of the log.
 *
 * <p>An entry has one text: {@code seq}, {@code t}, {@code ev}, then its own members ({@code actor} and {@code lic} first,
 * the others by name), then {@code prev} and {@code h}, written by {@link JsonWriter}. {@code h} is the SHA-256 of that
 * text without {@code h}; {@code prev} is the {@code h} of the line before.
 *
 * @param seq its number, from 1; also the number of its line
 * @param time when it was written, to the millisecond
 * @param event what happened
 * @param members what there is to know of it
 * @param previous the hash of the entry before
 * @param hash its own hash
 */
public record AuditEntry(long seq, Instant time, String event, Obj members, String previous, String hash) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> FIRST = List.of("actor", "lic");

    static AuditEntry of(long seq, Instant time, AuditDraft draft, String previous) {
        String hash = Sha256.of(JsonWriter.write(unsealed(seq, time, draft.event(), draft.members(), previous))
                .getBytes(StandardCharsets.UTF_8));
        return new AuditEntry(seq, time, draft.event(), draft.members(), previous, hash);
    }

    /** {@return the line, without its end} */
    public String line() {
        return JsonWriter.write(json());
    }

    /** {@return the line as a value} */
    public Obj json() {
        return unsealed(seq, time, event, members, previous).with("h", Json.of(hash));
    }

    /** {@return the license that it is about, if it is about one} */
    public Optional<String> license() {
        return members.text("lic");
    }

    /** {@return this entry's place and hash} */
    public Checkpoint checkpoint() {
        return new Checkpoint(seq, hash);
    }

    static String format(Instant time) {
        return TIME.format(time);
    }

    private static Obj unsealed(long seq, Instant time, String event, Obj members, String previous) {
        Obj text = Obj.EMPTY
                .with("seq", Json.of(seq))
                .with("t", Json.of(format(time)))
                .with("ev", Json.of(event));
        List<String> names = new ArrayList<>(members.members().keySet());
        names.sort(Comparator.<String>comparingInt(name -> FIRST.contains(name) ? FIRST.indexOf(name) : FIRST.size())
                .thenComparing(Comparator.naturalOrder()));
        for (String name : names) {
            text = text.with(name, members.get(name).orElseThrow());
        }
        return text.with("prev", Json.of(previous));
    }
}
